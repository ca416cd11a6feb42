import { type Credential, generateCredential } from '#saml/credentials'

const pool = new Map<string, Promise<Credential>>()

/** The credential of this process with that name: making one takes longer than all else at a start, and labs tell each other apart by entity ids. */
export function pooledCredential({
  name,
  commonName,
  now,
}: {
  name: string
  commonName: string
  now: number
}): Promise<Credential> {
  const credential = pool.get(name) ?? generateCredential(commonName, now)
  pool.set(name, credential)
  return credential
}
