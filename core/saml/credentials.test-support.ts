import type { KeyObject } from 'node:crypto'
import { type Credential, generateCredential } from './credentials.ts'
import { makeLasting } from './lent-keys.test-support.ts'
import { type TrustedKey, trustCertificate } from './signature/trusted-key.ts'

/** The instant at which the credentials of tests are made. */
export const madeAt = Date.UTC(2031, 4, 4, 12)

/** The party whose signatures are trusted, and one that nobody knows. */
export const [idp, stranger]: [Credential, Credential] = await makeLasting(() =>
  Promise.all([generateCredential('idp.test', madeAt), generateCredential('stranger.test', madeAt)]),
)

export const idpKeys: readonly TrustedKey[] = [trustCertificate(idp.certificate)]
export const strangerKeys: readonly TrustedKey[] = [trustCertificate(stranger.certificate)]

/** A trusted key without a certificate of its own, for kinds of keys that no credential has. */
export function trustKey(key: KeyObject): TrustedKey {
  return { ...trustCertificate(idp.certificate), key }
}
