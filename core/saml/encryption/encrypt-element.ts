import { type KeyObject, randomBytes } from 'node:crypto'
import { type XmlNode, xml } from '../xml/build.ts'
import { findContentCipher, KEY_TRANSPORT, OAEP_DIGEST, type OaepDigest } from './algorithms.ts'
import { encryptContent } from './content-cipher.ts'
import { wrapKey } from './key-transport.ts'

export interface EncryptionChoice {
  /** The public keys that shall be able to decrypt; the content key is wrapped once for each. */
  readonly recipients: readonly KeyObject[]
  /** The URI of the content cipher; AES-256-GCM unless given. */
  readonly cipher?: string
  /** The digest of RSA-OAEP. */
  readonly digest?: OaepDigest
  /** The URI of RSA-OAEP; for `sha1` the older one, which everybody understands, unless given. */
  readonly transport?: string
  /** Where the keys stand: in the KeyInfo of the data, or beside the data with a RetrievalMethod in it. */
  readonly keyPlace?: 'inside' | 'beside'
}

const AES_256_GCM = 'http://www.w3.org/2009/xmlenc11#aes256-gcm'

/**
 * Encrypts an element, written with every prefix that it uses declared in it, as an EncryptedAssertion, EncryptedID or EncryptedAttribute.
 * @throws TypeError for a cipher that is unknown.
 */
export function encryptElement(
  element: string,
  name: 'EncryptedAssertion' | 'EncryptedID' | 'EncryptedAttribute',
  { recipients, cipher: uri = AES_256_GCM, keyPlace = 'inside', ...wrapping }: EncryptionChoice,
): XmlNode {
  const cipher = findContentCipher(uri)
  if (cipher === undefined) throw new TypeError(`no content cipher has the name [${uri}]`)
  const contentKey = randomBytes(cipher.keyBytes)
  const bare = recipients.map((recipient) => encryptedKey(contentKey, recipient, wrapping))
  const keys = keyPlace === 'inside' ? bare : bare.map(identified)
  const keyInfo = keyPlace === 'inside' ? keys : keys.map(retrievalMethod)
  const data = xml(
    'xenc:EncryptedData',
    { Type: 'http://www.w3.org/2001/04/xmlenc#Element' },
    xml('xenc:EncryptionMethod', { Algorithm: uri }),
    keys.length > 0 && xml('ds:KeyInfo', {}, keyInfo),
    cipherData(encryptContent(cipher, contentKey, Buffer.from(element))),
  )
  return xml(`saml2:${name}`, {}, data, keyPlace === 'beside' && keys)
}

type Wrapping = Pick<EncryptionChoice, 'digest' | 'transport'>

function encryptedKey(contentKey: Buffer, recipient: KeyObject, { digest = 'sha1', transport }: Wrapping): XmlNode {
  const { digestUri, maskUri } = OAEP_DIGEST[digest]
  const uri = transport ?? (digest === 'sha1' ? KEY_TRANSPORT.rsaOaepMgf1p : KEY_TRANSPORT.rsaOaep)
  const method = xml(
    'xenc:EncryptionMethod',
    { Algorithm: uri },
    xml('ds:DigestMethod', { Algorithm: digestUri }),
    uri === KEY_TRANSPORT.rsaOaep && xml('xenc11:MGF', { Algorithm: maskUri }),
  )
  const wrapped = wrapKey(contentKey, recipient, { digest, label: Buffer.alloc(0) })
  return xml('xenc:EncryptedKey', {}, method, cipherData(wrapped))
}

const identified = (key: XmlNode): XmlNode => ({ ...key, attributes: { Id: `_${randomBytes(16).toString('hex')}` } })

function retrievalMethod({ attributes: { Id } }: XmlNode): XmlNode {
  return xml('ds:RetrievalMethod', { Type: 'http://www.w3.org/2001/04/xmlenc#EncryptedKey', URI: `#${Id}` })
}

function cipherData(octets: Buffer): XmlNode {
  return xml('xenc:CipherData', {}, xml('xenc:CipherValue', {}, octets.toString('base64')))
}
