import { type EncryptionChoice, encryptElement } from '#saml/encryption/encrypt-element'
import { writeFragment } from '#saml/xml/build'
import type { RealmConfig } from '../realm-config.ts'
import { carry, logoutRequest, signed, spKey, strangerKey } from '../test-realm.test-support.ts'

/** A realm that has this key to open what the IdP encrypts. */
export const withKey: Partial<RealmConfig> = { encryption: [spKey] }

export type Choice = Partial<EncryptionChoice>

/** Encrypted for the realm. */
const forRealm: EncryptionChoice = { recipients: [spKey.certificate.publicKey] }
export const forStranger: EncryptionChoice = { recipients: [strangerKey.certificate.publicKey] }

const names = { Assertion: 'EncryptedAssertion', NameID: 'EncryptedID', Attribute: 'EncryptedAttribute' } as const

/** The document with the elements of this name encrypted where they stand, for the realm unless told otherwise. */
export function encryptIn(document: string | Buffer, name: keyof typeof names, choice: Choice = {}): string {
  const elements = new RegExp(`<saml2:${name}[ >].*?</saml2:${name}>`, 'gs')
  return document
    .toString()
    .replace(elements, (element) => encryptAs(names[name], withNamespace(element, name), choice))
}

export const encryptAs = (name: (typeof names)[keyof typeof names], element: string, choice: Choice = {}): string =>
  writeFragment(encryptElement(element, name, { ...forRealm, ...choice }))

/** The base LogoutRequest with this in place of its NameID, signed. */
export const logoutQueryWith = (encryptedId: string): string =>
  signed(carry(logoutRequest().replace(/<saml2:NameID.*<\/saml2:NameID>/, encryptedId)))

/** The document with one bit of the content of its last CipherValue flipped; a negative index counts from the end of the content. */
export function flipBit(document: string, index: number): string {
  const [, content = ''] = /.*<xenc:CipherValue>([^<]*)/s.exec(document) ?? []
  const octets = Buffer.from(content, 'base64')
  const at = index < 0 ? octets.length + index : index
  octets[at] = (octets[at] ?? 0) ^ 1
  return document.replace(content, octets.toString('base64'))
}

/** An encrypted element is read alone: it must declare its prefix itself. */
function withNamespace(element: string, name: string): string {
  if (/^<[^>]*xmlns:saml2=/.test(element)) return element
  return element.replace(`<saml2:${name}`, `$& xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"`)
}
