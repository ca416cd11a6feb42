import { decodeBase64 } from '../bindings/base64.ts'
import { attributeOf, childOf, childrenOf, type XmlElement } from '../xml/element.ts'
import { type ContentCipher, findContentCipher } from './algorithms.ts'
import { findKeyTransport, type KeyTransport } from './key-transport.ts'

/** Encrypted content with the keys that may open it, as far as they are of a kind that is supported. */
export interface Sealed {
  readonly cipher: ContentCipher
  readonly content: Buffer
  readonly wrappedKeys: readonly WrappedKey[]
}

export interface WrappedKey {
  readonly transport: KeyTransport
  readonly value: Buffer
}

const TYPE_ELEMENT = 'http://www.w3.org/2001/04/xmlenc#Element'
const TYPE_KEY = 'http://www.w3.org/2001/04/xmlenc#EncryptedKey'
const ENCRYPTED_KEY = 'xenc:EncryptedKey'
/** Nobody addresses more recipients in earnest; each costs an RSA operation for each of our keys. */
const MOST_KEYS = 16

/**
 * Reads what an EncryptedID, EncryptedAssertion or EncryptedAttribute holds. Keys stand in the KeyInfo of the data, or beside the data where a
 * RetrievalMethod in that KeyInfo leads (saml-core-2.0 §2.2.4; OpenSAML looks nowhere else). Neither it nor a CipherReference leads further.
 * @throws SamlError SAML_BASE64. Undefined for anything that is not supported.
 */
export function readSealed(encrypted: XmlElement): Sealed | undefined {
  const data = childOf(encrypted, 'xenc:EncryptedData')
  if (data === undefined || (attributeOf(data, 'Type') ?? TYPE_ELEMENT) !== TYPE_ELEMENT) return undefined
  const cipher = findContentCipher(algorithmOf(data))
  const content = cipherValueOf(data)
  if (cipher === undefined || content === undefined) return undefined
  const keyInfo = childOf(data, 'ds:KeyInfo')
  const keys =
    keyInfo === undefined ? [] : [...childrenOf(keyInfo, ENCRYPTED_KEY), ...retrievedKeys(keyInfo, encrypted)]
  return { cipher, content, wrappedKeys: keys.slice(0, MOST_KEYS).flatMap(readWrappedKey) }
}

function retrievedKeys(keyInfo: XmlElement, encrypted: XmlElement): readonly XmlElement[] {
  const methods = childrenOf(keyInfo, 'ds:RetrievalMethod').filter((method) => attributeOf(method, 'Type') === TYPE_KEY)
  const addresses = new Set(methods.map((method) => attributeOf(method, 'URI')))
  return childrenOf(encrypted, ENCRYPTED_KEY).filter((key) => {
    const id = attributeOf(key, 'Id')
    return id !== undefined && addresses.has(`#${id}`)
  })
}

function readWrappedKey(key: XmlElement): WrappedKey[] {
  const method = childOf(key, 'xenc:EncryptionMethod')
  const transport = method && findKeyTransport(method)
  const value = cipherValueOf(key)
  return transport === undefined || value === undefined ? [] : [{ transport, value }]
}

function algorithmOf(data: XmlElement): string {
  const method = childOf(data, 'xenc:EncryptionMethod')
  return (method && attributeOf(method, 'Algorithm')) ?? ''
}

function cipherValueOf(holder: XmlElement): Buffer | undefined {
  const data = childOf(holder, 'xenc:CipherData')
  const value = data && childOf(data, 'xenc:CipherValue')
  return value && decodeBase64(value.text, { lenient: true })
}
