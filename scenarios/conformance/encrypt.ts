import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto'
import type { Credential } from '#saml/credentials'
import { NAMESPACE } from '#saml/names'
import { Drift } from './drift.ts'

/** XML encryption with nothing but node:crypto: AES-256-CBC, its key by RSA-OAEP (xmlenc-core1 §5.2.2, §5.5.2). */

const declaration = `xmlns:saml2="${NAMESPACE.assertion}"`

/** The document with its Assertion in an EncryptedAssertion. */
export function encryptAssertion(xml: string, recipient: Credential): string {
  return replaceElement(xml, 'Assertion', recipient)
}

/** The document with its first Attribute in an EncryptedAttribute. */
export function encryptAttribute(xml: string, recipient: Credential): string {
  return replaceElement(xml, 'Attribute', recipient)
}

function replaceElement(xml: string, name: string, recipient: Credential): string {
  const element = new RegExp(`<saml2:${name}[ >].*?</saml2:${name}>`, 's').exec(xml)?.[0]
  if (element === undefined) throw new Drift('message', `an element ${name} to encrypt`, xml)
  const alone = element.slice(0, element.indexOf('>')).includes(declaration)
    ? element
    : element.replace(`<saml2:${name}`, `<saml2:${name} ${declaration}`)
  const wrapped = `<saml2:Encrypted${name} ${declaration}>${encryptedData(alone, recipient)}</saml2:Encrypted${name}>`
  return xml.replace(element, () => wrapped)
}

function encryptedData(plaintext: string, { certificate }: Credential): string {
  const key = randomBytes(32)
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const octets = Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final()])
  const options = { key: certificate.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
  const wrappedKey = publicEncrypt(options, key)
  const method = (name: string) => `<xenc:EncryptionMethod Algorithm="${NAMESPACE.encryption}${name}"/>`
  const data = (value: Buffer) =>
    `<xenc:CipherData><xenc:CipherValue>${value.toString('base64')}</xenc:CipherValue></xenc:CipherData>`
  return (
    `<xenc:EncryptedData xmlns:xenc="${NAMESPACE.encryption}" Type="${NAMESPACE.encryption}Element">` +
    `${method('aes256-cbc')}<ds:KeyInfo xmlns:ds="${NAMESPACE.signature}">` +
    `<xenc:EncryptedKey>${method('rsa-oaep-mgf1p')}${data(wrappedKey)}</xenc:EncryptedKey></ds:KeyInfo>` +
    `${data(octets)}</xenc:EncryptedData>`
  )
}
