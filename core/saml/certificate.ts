import { type KeyObject, X509Certificate } from 'node:crypto'

export interface CertificateOptions {
  readonly commonName: string
  /** Epoch milliseconds; a certificate knows whole seconds. */
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  /** What its key is for: signatures of messages, unless said otherwise; `authority` issues certificates; a list of host names and addresses is TLS there. */
  readonly use?: 'messages' | 'authority' | readonly string[]
  /** Who vouches for it; its own key unless said otherwise. */
  readonly issuer?: { readonly certificatePem: string; readonly privateKeyPem: string }
}

/** Makes a certificate: X.509 v3 (RFC 5280 §4.1), signed with SHA-256, for an RSA or an elliptic key. */
export async function makeCertificate(options: CertificateOptions): Promise<X509Certificate> {
  const { commonName, notBefore, notAfter, publicKey, privateKey, use = 'messages', issuer } = options
  // Takes a hundred milliseconds to load, which only a start that makes a certificate should pay.
  const { generate } = await import('selfsigned')
  const { cert } = await generate([{ name: 'commonName', value: distinguished(commonName) }], {
    notBeforeDate: new Date(notBefore),
    notAfterDate: new Date(notAfter),
    algorithm: 'sha256',
    ...keyTypeOf(publicKey),
    keyPair: {
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    extensions: extensionsFor(use),
    ...(issuer && { ca: { cert: issuer.certificatePem, key: issuer.privateKeyPem } }),
  })
  return new X509Certificate(cert)
}

function keyTypeOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): { keyType: 'rsa' | 'ec'; curve?: 'P-384' } {
  if (asymmetricKeyType !== 'ec') return { keyType: 'rsa' }
  return asymmetricKeyDetails?.namedCurve === 'secp384r1' ? { keyType: 'ec', curve: 'P-384' } : { keyType: 'ec' }
}

type Extensions = NonNullable<NonNullable<Parameters<typeof import('selfsigned').generate>[1]>['extensions']>

function extensionsFor(use: NonNullable<CertificateOptions['use']>): Extensions {
  if (use === 'messages') return [{ name: 'basicConstraints', cA: false, critical: true }]
  if (use === 'authority') {
    return [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ]
  }
  return [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: use.map((host) => (isAddress(host) ? { type: 7, ip: host } : { type: 2, value: host })),
    },
  ]
}

const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host)

/** A name as it stands in the text of a distinguished name (RFC 4514 §2.4). */
function distinguished(name: string): string {
  return name.replace(/[\\,+"<>;=#]/g, '\\$&')
}
