import type { Credential } from '#saml/credentials'
import { makeCredential, type WantedCredential } from './wanted.ts'

const pool = new Map<string, Promise<Credential>>()

/** The credential of this process with that name: making one takes longer than all else at a start, and labs tell each other apart by entity ids. */
export function pooledCredential(wanted: WantedCredential): Promise<Credential> {
  const credential = pool.get(wanted.name) ?? makeCredential(wanted)
  pool.set(wanted.name, credential)
  return credential
}
