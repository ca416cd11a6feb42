import { createPrivateKey, generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { SamlError } from './errors.ts'
import { makeSelfSignedCertificate } from './self-signed-certificate.ts'

/** A key that signs, with the certificate by which peers know it. */
export interface Credential {
  readonly privateKey: KeyObject
  readonly certificate: X509Certificate
  readonly privateKeyPem: string
  readonly certificatePem: string
}

const dayMs = 24 * 3_600_000
const generateRsaKeyPair = promisify(generateKeyPair)

/** A fresh RSA-2048 key with a self-signed certificate, valid for ten years around `now` (epoch milliseconds). */
export async function generateCredential(commonName: string, now: number): Promise<Credential> {
  const keyPair = await generateRsaKeyPair('rsa', { modulusLength: 2048 })
  const validity = { notBefore: now - dayMs, notAfter: now + 3650 * dayMs }
  const certificate = makeSelfSignedCertificate({ commonName, ...validity, ...keyPair })
  const { privateKey } = keyPair
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { privateKey, certificate, privateKeyPem, certificatePem: certificate.toString() }
}

/**
 * Reads a PEM key and certificate and guarantees that they belong together, and that the key can make the RSA signatures that are made here.
 * @throws SamlError SAML_KEY that says which of the two cannot be read, that they do not match, or what the key is instead.
 */
export function readCredential(pem: { privateKeyPem: string; certificatePem: string }): Credential {
  const privateKey = readOr('the private key', () => createPrivateKey(pem.privateKeyPem))
  const certificate = readOr('the certificate', () => new X509Certificate(pem.certificatePem))
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new SamlError('SAML_KEY', 'the private key does not belong to the certificate', {
      certificate: certificate.subject,
    })
  }
  if (privateKey.asymmetricKeyType !== 'rsa') {
    throw new SamlError('SAML_KEY', `the private key is of type ${privateKey.asymmetricKeyType}, expected rsa`)
  }
  return { privateKey, certificate, privateKeyPem: pem.privateKeyPem, certificatePem: pem.certificatePem }
}

/**
 * Reads a certificate as metadata carries it: base64 of the DER, white space allowed.
 * @throws SamlError SAML_KEY
 */
export function readCertificate(base64: string): X509Certificate {
  return readOr('the certificate', () => new X509Certificate(Buffer.from(base64.replace(/\s+/g, ''), 'base64')))
}

/** Base64 of the DER in one line, as it stands inside ds:X509Certificate. */
export function certificateBase64(certificate: X509Certificate): string {
  return certificate.raw.toString('base64')
}

function readOr<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new SamlError('SAML_KEY', `${what} cannot be read: ${(cause as Error).message}`, {}, { cause })
  }
}
