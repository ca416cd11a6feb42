import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'
import { decodeBase64 } from '../bindings/base64.ts'
import { childOf, type XmlElement } from '../xml/element.ts'
import { KEY_TRANSPORT, OAEP_DIGEST, type OaepDigest } from './algorithms.ts'
import { type EncryptionMethod, readEncryptionMethod } from './encryption-method.ts'

/** How a content key is wrapped: RSA-OAEP with one digest for both the label and the mask. */
export interface KeyTransport {
  readonly digest: OaepDigest
  readonly label: Buffer
}

const digests = ['sha1', 'sha256', 'sha384', 'sha512'] as const
const standard = OAEP_DIGEST.sha1

/** What the `EncryptionMethod` of an EncryptedKey asks for; undefined when that is not supported, and then nothing is tried. */
export function findKeyTransport(method: XmlElement): KeyTransport | undefined {
  const digest = oaepDigestOf(readEncryptionMethod(method))
  if (digest === undefined) return undefined
  return { digest, label: decodeBase64(childOf(method, 'xenc:OAEPparams')?.text ?? '', { lenient: true }) }
}

/** The one digest of both the label and the mask of RSA-OAEP; undefined for any other method, and where there are two. */
export function oaepDigestOf(method: EncryptionMethod): OaepDigest | undefined {
  const { digestUri = standard.digestUri } = method
  const digest = digests.find((each) => OAEP_DIGEST[each].digestUri === digestUri)
  return digest !== undefined && maskOf(method) === OAEP_DIGEST[digest].maskUri ? digest : undefined
}

function maskOf({ algorithm, maskUri = standard.maskUri }: EncryptionMethod): string | undefined {
  if (algorithm === KEY_TRANSPORT.rsaOaepMgf1p) return standard.maskUri
  return algorithm === KEY_TRANSPORT.rsaOaep ? maskUri : undefined
}

export function wrapKey(contentKey: Buffer, recipient: KeyObject, { digest, label }: KeyTransport): Buffer {
  return publicEncrypt({ key: recipient, padding, oaepHash: digest, oaepLabel: label }, contentKey)
}

/** @throws Error when it was wrapped for another key, or otherwise. Its reason is for nobody. */
export function unwrapKey(wrapped: Buffer, privateKey: KeyObject, { digest, label }: KeyTransport): Buffer {
  return privateDecrypt({ key: privateKey, padding, oaepHash: digest, oaepLabel: label }, wrapped)
}

const padding = constants.RSA_PKCS1_OAEP_PADDING
