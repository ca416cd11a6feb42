import type { KeyObject, X509Certificate } from 'node:crypto'
import { fitsKey, type SignatureAlgorithm } from '../algorithms.ts'
import type { SignaturePolicy } from './policy.ts'

/** A public key that a peer's metadata names for signing. */
export interface TrustedKey {
  readonly key: KeyObject
  readonly certificate: X509Certificate
  /** As it stands in the metadata, without white space. */
  readonly certificateBase64: string
}

/** Trusts the key of a certificate that metadata names, expired or not: the metadata vouches for the key (`spec/security.md` A14). */
export function trustCertificate(certificate: X509Certificate): TrustedKey {
  return { key: certificate.publicKey, certificate, certificateBase64: certificate.raw.toString('base64') }
}

/** Whether signatures by this key may be believed at all under this policy, and be of this algorithm. */
export function mayVerify({ key }: TrustedKey, algorithm: SignatureAlgorithm, policy: SignaturePolicy): boolean {
  if (!fitsKey(algorithm, key)) return false
  return algorithm.keyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) >= policy.minimumRsaBits
}
