import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { ownSignatureAlgorithm, type SignatureAlgorithm } from './algorithms.ts'
import { type CertificateOptions, makeCertificate } from './certificate.ts'
import { SamlError } from './errors.ts'
import { generateKeys, type KeyKind } from './key-pair.ts'

export type { KeyKind }

/** A key that signs, with the certificate by which peers know it. */
export interface Credential {
  readonly privateKey: KeyObject
  readonly certificate: X509Certificate
  readonly privateKeyPem: string
  readonly certificatePem: string
  /** In place of what keys of its kind sign with: the algorithm, and the URI that is written for it. */
  readonly signsWith?: { readonly says: string; readonly is: SignatureAlgorithm } | undefined
}

const dayMs = 24 * 3_600_000

type CredentialOptions = Pick<CertificateOptions, 'use' | 'issuer'> & { readonly kind?: KeyKind | undefined }

/** A fresh key with a certificate, valid for ten years around `now` (epoch milliseconds): RSA-2048, self-signed and for messages unless said otherwise. */
export async function generateCredential(
  commonName: string,
  now: number,
  { kind = 'RSA-2048', ...purpose }: CredentialOptions = {},
): Promise<Credential> {
  const keyPair = await generateKeys(kind)
  const validity = { notBefore: now - dayMs, notAfter: now + 3650 * dayMs }
  const certificate = await makeCertificate({ commonName, ...validity, ...keyPair, ...purpose })
  const { privateKey } = keyPair
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { privateKey, certificate, privateKeyPem, certificatePem: certificate.toString() }
}

/** The kind to make another key of: that of this one, or the nearest that is strong enough. */
export function keyKindOf({ privateKey: { asymmetricKeyType, asymmetricKeyDetails } }: Credential): KeyKind {
  if (asymmetricKeyType === 'ec') return asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'P-384' : 'P-256'
  const bits = asymmetricKeyDetails?.modulusLength ?? 0
  if (bits > 3072) return 'RSA-4096'
  return bits > 2048 ? 'RSA-3072' : 'RSA-2048'
}

/**
 * Reads a PEM key and certificate and guarantees that they belong together, and that the key can sign here: RSA, or ECDSA on P-256 or P-384 unless only RSA
 * is taken.
 * @throws SamlError SAML_KEY that says which of the two cannot be read, that they do not match, or what the key is instead.
 */
export function readCredential(
  pem: { privateKeyPem: string; certificatePem: string },
  { rsaOnly = false }: { readonly rsaOnly?: boolean } = {},
): Credential {
  const privateKey = readPrivateKey(pem.privateKeyPem)
  const certificate = readX509(pem.certificatePem)
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new SamlError('SAML_KEY', 'the private key does not belong to the certificate', {
      certificate: certificate.subject,
    })
  }
  const algorithm = ownSignatureAlgorithm(privateKey)
  if (algorithm === undefined || (rsaOnly && algorithm.keyType !== 'rsa')) {
    const expected = rsaOnly ? 'rsa' : 'rsa, or ec on P-256 or P-384'
    throw new SamlError('SAML_KEY', `the private key is of type ${typeOf(privateKey)}, expected ${expected}`)
  }
  return { privateKey, certificate, privateKeyPem: pem.privateKeyPem, certificatePem: pem.certificatePem }
}

function typeOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const curve = asymmetricKeyDetails?.namedCurve
  return curve === undefined ? `${asymmetricKeyType}` : `${asymmetricKeyType} on ${curve}`
}

/**
 * Reads a certificate as metadata carries it: base64 of the DER, white space allowed.
 * @throws SamlError SAML_KEY
 */
export function readCertificate(base64: string): X509Certificate {
  const known = recentlyRead.get(base64)
  if (known !== undefined) return known
  const certificate = readX509(Buffer.from(base64.replace(/\s+/g, ''), 'base64'))
  if (recentlyRead.size === mostRemembered) recentlyRead.clear()
  recentlyRead.set(base64, certificate)
  return certificate
}

/** The same few stand in all the metadata of a process, which is read again whenever it changes; parsing one takes as long as all the rest of the document. */
const recentlyRead = new Map<string, X509Certificate>()
const mostRemembered = 64

/**
 * Reads a certificate in PEM, or base64 of the DER.
 * @throws SamlError SAML_KEY
 */
export function readCertificatePem(text: string): X509Certificate {
  return text.includes('-----BEGIN ') ? readX509(text) : readCertificate(text)
}

/** Base64 of the DER in one line, as it stands inside ds:X509Certificate. */
export function certificateBase64(certificate: X509Certificate): string {
  return certificate.raw.toString('base64')
}

/**
 * Reads a private key in PEM.
 * @throws SamlError SAML_KEY that says whether it is none, or encrypted and with what passphrase it could not be opened.
 */
export function readPrivateKey(pem: string, passphrase?: string): KeyObject {
  try {
    return createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase })
  } catch (cause) {
    throw new SamlError('SAML_KEY', `the private key cannot be read: ${complaintAbout(pem, passphrase)}`, {}, { cause })
  }
}

/** The library's own words are about its decoders. */
function complaintAbout(pem: string, passphrase: string | undefined): string {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) return 'it is no private key in PEM'
  if (!pem.includes('ENCRYPTED')) return 'its PEM is damaged, or of a kind that is not known here'
  return passphrase === undefined ? 'it is encrypted, and no passphrase is given' : 'its passphrase is another one'
}

function readX509(pemOrDer: string | Buffer): X509Certificate {
  try {
    return new X509Certificate(pemOrDer)
  } catch (cause) {
    throw new SamlError('SAML_KEY', 'the certificate cannot be read: it is no X.509 certificate', {}, { cause })
  }
}
