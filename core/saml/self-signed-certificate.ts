import { type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'

export interface CertificateOptions {
  readonly commonName: string
  /** Epoch milliseconds; a certificate knows whole seconds. */
  readonly notBefore: number
  readonly notAfter: number
  /** An RSA key pair. */
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** Makes the certificate of a key that vouches for itself: X.509 v3 (RFC 5280 §4.1), signed with RSA-SHA256, no authority over others. */
export function makeSelfSignedCertificate(options: CertificateOptions): X509Certificate {
  const { commonName, notBefore, notAfter, publicKey, privateKey } = options
  const name = sequence(der(0x31, sequence(oidOfCommonName, der(0x0c, Buffer.from(commonName)))))
  const serial = der(0x02, Buffer.from([0x40]), randomBytes(15))
  const validity = sequence(time(notBefore), time(notAfter))
  const subjectPublicKey = publicKey.export({ type: 'spki', format: 'der' })
  const toBeSigned = sequence(version3, serial, rsaSha256, name, validity, name, subjectPublicKey, extensions)
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, privateKey))
  return new X509Certificate(sequence(toBeSigned, rsaSha256, signature))
}

// What is the same in every certificate, in DER (X.690).
const version3 = Buffer.from('a003020102', 'hex')
const rsaSha256 = Buffer.from('300d06092a864886f70d01010b0500', 'hex')
const oidOfCommonName = Buffer.from('0603550403', 'hex')
/** Basic constraints, critical: not an authority. */
const extensions = Buffer.from('a310300e300c0603551d130101ff04023000', 'hex')

const sequence = (...contents: readonly Buffer[]): Buffer => der(0x30, ...contents)

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(content.length)]), content])
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}

/** UTCTime until the end of 2049, GeneralizedTime from then on (RFC 5280 §4.1.2.5). */
function time(instant: number): Buffer {
  const digits = new Date(instant).toISOString().replace(/\.\d+Z$|[-:T]/g, '')
  return digits < '2050' ? der(0x17, Buffer.from(`${digits.slice(2)}Z`)) : der(0x18, Buffer.from(`${digits}Z`))
}
