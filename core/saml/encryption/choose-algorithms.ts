import { findContentCipher, isKeyTransport, KEY_TRANSPORT, type OaepDigest } from './algorithms.ts'
import type { EncryptionMethod } from './encryption-method.ts'
import { oaepDigestOf } from './key-transport.ts'

export interface ChosenAlgorithms {
  /** The URI of the content cipher. */
  readonly cipher: string
  /** The URI by which the content key is wrapped, and its digest. */
  readonly transport: string
  readonly digest: OaepDigest
}

const byDefault: ChosenAlgorithms = {
  cipher: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  transport: KEY_TRANSPORT.rsaOaepMgf1p,
  digest: 'sha1',
}

/**
 * What somebody can decrypt who names these methods: the first cipher and the first key transport that are known here; AES-256-GCM and RSA-OAEP for what is not
 * named. Undefined when everything that is named, or every key transport, or every cipher, is one that is not used here.
 */
export function chooseAlgorithms(methods: readonly EncryptionMethod[]): ChosenAlgorithms | undefined {
  const cipher = methods.find(({ algorithm }) => findContentCipher(algorithm) !== undefined)
  const transport = methods.find((method) => oaepDigestOf(method) !== undefined)
  if (methods.length > 0 && cipher === undefined && transport === undefined) return undefined
  if (transport === undefined && methods.some(({ algorithm }) => isKeyTransport(algorithm))) return undefined
  if (cipher === undefined && methods.some(({ algorithm }) => !isKeyTransport(algorithm))) return undefined
  return {
    cipher: cipher?.algorithm ?? byDefault.cipher,
    transport: transport?.algorithm ?? byDefault.transport,
    digest: (transport && oaepDigestOf(transport)) ?? byDefault.digest,
  }
}
