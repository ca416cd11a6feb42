import type { KeyObject } from 'node:crypto'

export interface SignatureAlgorithm {
  readonly uri: string
  readonly keyType: 'rsa' | 'ec'
  /** The name by which node:crypto knows the digest. */
  readonly digest: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  /** Collisions of the digest are practical: refused unless a policy says otherwise. */
  readonly weak: boolean
}

const row = (uri: string, keyType: SignatureAlgorithm['keyType'], digest: SignatureAlgorithm['digest']) =>
  ({ uri, keyType, digest, weak: digest === 'sha1' }) as const

/** Every signature algorithm that is understood (RFC 9231 §2.3). MD5, DSA and HMAC are left out on purpose. */
const algorithms: readonly SignatureAlgorithm[] = [
  row('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'rsa', 'sha256'),
  row('http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', 'rsa', 'sha384'),
  row('http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', 'rsa', 'sha512'),
  row('http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'rsa', 'sha1'),
  row('http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', 'ec', 'sha256'),
  row('http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384', 'ec', 'sha384'),
  row('http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', 'ec', 'sha512'),
  row('http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1', 'ec', 'sha1'),
]

const byUri = new Map(algorithms.map((algorithm) => [algorithm.uri, algorithm]))

export interface DigestAlgorithm {
  readonly uri: string
  /** The name by which node:crypto knows it. */
  readonly digest: SignatureAlgorithm['digest']
  readonly weak: boolean
}

/** Every digest algorithm of a Reference that is understood (RFC 9231 §2.1). */
const digests: readonly DigestAlgorithm[] = [
  { uri: 'http://www.w3.org/2001/04/xmlenc#sha256', digest: 'sha256', weak: false },
  { uri: 'http://www.w3.org/2001/04/xmldsig-more#sha384', digest: 'sha384', weak: false },
  { uri: 'http://www.w3.org/2001/04/xmlenc#sha512', digest: 'sha512', weak: false },
  { uri: 'http://www.w3.org/2000/09/xmldsig#sha1', digest: 'sha1', weak: true },
]

/** What RSA keys sign with here. */
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
/** The digest of every Reference that is written here. */
export const DIGEST_SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
export const ENVELOPED_SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const EXCLUSIVE_C14N_WITH_COMMENTS = 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments'
export const INCLUSIVE_C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
export const INCLUSIVE_C14N_WITH_COMMENTS = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments'
export const INCLUSIVE_C14N11 = 'http://www.w3.org/2006/12/xml-c14n11'
export const INCLUSIVE_C14N11_WITH_COMMENTS = 'http://www.w3.org/2006/12/xml-c14n11#WithComments'

/** The row of exactly this URI; undefined for any other spelling. */
export function findSignatureAlgorithm(uri: string): SignatureAlgorithm | undefined {
  return byUri.get(uri)
}

/** The row of exactly this URI; undefined for any other spelling. */
export function findDigestAlgorithm(uri: string): DigestAlgorithm | undefined {
  return digests.find((algorithm) => algorithm.uri === uri)
}

/** Whether a key of this kind can make signatures of this algorithm: an RSA key never verifies an ECDSA signature or the reverse. */
export function fitsKey(algorithm: SignatureAlgorithm, key: KeyObject): boolean {
  return key.asymmetricKeyType === algorithm.keyType
}

const ofCurve = new Map([
  ['prime256v1', 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'],
  ['secp384r1', 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384'],
])

/** What this private key signs with here: SHA-256, or SHA-384 on the curve that is as strong; undefined when it signs nothing here. */
export function ownSignatureAlgorithm(key: KeyObject): SignatureAlgorithm | undefined {
  if (key.asymmetricKeyType === 'rsa') return findSignatureAlgorithm(RSA_SHA256)
  if (key.asymmetricKeyType !== 'ec') return undefined
  return findSignatureAlgorithm(ofCurve.get(key.asymmetricKeyDetails?.namedCurve ?? '') ?? '')
}
