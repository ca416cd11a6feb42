import { type Credential, generateCredential } from '#saml/credentials'
import { systemClock } from '#server/clock'
import { keptCredential } from './keys.ts'

/** A role's key: the one kept in the folder, or a new one that is gone with the process. */
export function signingKey(name: 'idp' | 'sp', keysFolder: string | undefined): Promise<Credential> {
  const commonName = `sloop ${name}`
  const now = systemClock.now()
  if (keysFolder === undefined) return generateCredential(commonName, now)
  return keptCredential({ folder: keysFolder, name, commonName, now })
}
