import { type Credential, generateCredential } from '#saml/credentials'
import { systemClock } from '#server/clock'

/** A role's key: the one kept in the folder, or a new one that is gone with the process. */
export async function signingKey(name: 'idp' | 'sp', keysFolder: string | undefined): Promise<Credential> {
  const commonName = `sloop ${name}`
  const now = systemClock.now()
  if (keysFolder === undefined) return generateCredential(commonName, now)
  const { keptCredential } = await import('./keys.ts')
  return keptCredential({ folder: keysFolder, setting: 'keysFolder', name, commonName, now })
}
