import type { Credential } from '#saml/credentials'
import { makeOnce } from '#server/make-once'
import { makeCredential, type WantedCredential } from './wanted.ts'

const pool = makeOnce<Credential>()

/** The credential of this process with that name: making one takes longer than all else at a start, and labs tell each other apart by entity ids. */
export function pooledCredential(wanted: WantedCredential): Promise<Credential> {
  return pool(wanted.name, () => makeCredential(wanted))
}
