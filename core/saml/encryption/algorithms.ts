import { NAMESPACE } from '../names.ts'

/** A cipher for content: AES in CBC, which is padded, or in GCM, which is authenticated. */
export interface ContentCipher {
  readonly uri: string
  /** The name by which node:crypto knows it. */
  readonly cipher: `aes-${128 | 192 | 256}-${'cbc' | 'gcm'}`
  readonly keyBytes: number
  readonly mode: 'cbc' | 'gcm'
}

const XMLENC = NAMESPACE.encryption
const XMLENC11 = NAMESPACE.encryption11

const cbc = (bits: 128 | 192 | 256): ContentCipher => ({
  uri: `${XMLENC}aes${bits}-cbc`,
  cipher: `aes-${bits}-cbc`,
  keyBytes: bits / 8,
  mode: 'cbc',
})
const gcm = (bits: 128 | 192 | 256): ContentCipher => ({
  uri: `${XMLENC11}aes${bits}-gcm`,
  cipher: `aes-${bits}-gcm`,
  keyBytes: bits / 8,
  mode: 'gcm',
})

/** Every content cipher that is understood (xmlenc-core1 §5.2). Triple DES is left out on purpose. */
export const contentCiphers: readonly ContentCipher[] = [gcm(128), gcm(192), gcm(256), cbc(128), cbc(192), cbc(256)]

/** The row of exactly this URI; undefined for any other spelling. */
export function findContentCipher(uri: string): ContentCipher | undefined {
  return contentCiphers.find((cipher) => cipher.uri === uri)
}

/** The ways in which a content key is wrapped for a recipient (xmlenc-core1 §5.5.2). RSA-1_5, open to Bleichenbacher's attack, is left out on purpose. */
export const KEY_TRANSPORT = {
  /** Its mask generation is SHA-1, always. */
  rsaOaepMgf1p: `${XMLENC}rsa-oaep-mgf1p`,
  /** It names its mask generation; SHA-1 unless it does. */
  rsaOaep: `${XMLENC11}rsa-oaep`,
} as const

/** Whether a URI is that of a way to wrap keys with RSA, known here or not. */
export function isKeyTransport(uri: string): boolean {
  return (Object.values(KEY_TRANSPORT) as readonly string[]).includes(uri) || uri === `${XMLENC}rsa-1_5`
}

export type OaepDigest = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** The digests of OAEP; node:crypto takes one for both the label and the mask. */
export const OAEP_DIGEST: Readonly<Record<OaepDigest, { readonly digestUri: string; readonly maskUri: string }>> = {
  sha1: { digestUri: `${NAMESPACE.signature}sha1`, maskUri: `${XMLENC11}mgf1sha1` },
  sha256: { digestUri: `${XMLENC}sha256`, maskUri: `${XMLENC11}mgf1sha256` },
  sha384: { digestUri: 'http://www.w3.org/2001/04/xmldsig-more#sha384', maskUri: `${XMLENC11}mgf1sha384` },
  sha512: { digestUri: `${XMLENC}sha512`, maskUri: `${XMLENC11}mgf1sha512` },
}

/** What a metadata document offers to whoever encrypts for us: everything that can be decrypted here, the authenticated ciphers first. */
export const offeredEncryptionMethods: readonly string[] = [
  ...contentCiphers.map(({ uri }) => uri),
  KEY_TRANSPORT.rsaOaepMgf1p,
  KEY_TRANSPORT.rsaOaep,
]
