import { expect, test } from 'vitest'
import { refusal } from '#saml/refusals.test-support'
import { carry, logoutRequest, noon, signed, testRealm } from '../test-realm.test-support.ts'
import { encryptAs, encryptIn, forStranger, logoutQueryWith, withKey } from './encrypted.test-support.ts'

const accept = (query: string, config = withKey) => testRealm(config).realm.acceptLogoutRequest(query)
const encryptedQuery = (changes = {}, choice = {}) => signed(carry(encryptIn(logoutRequest(changes), 'NameID', choice)))
const assertionNamespace = 'xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"'

test('C011: an encrypted name matches as if it had been sent in plain text', () => {
  const nameId = { value: 'alice', format: 'urn:f', nameQualifier: 'nq', spNameQualifier: 'spnq', spProvidedId: 'spid' }
  const plain = accept(signed(carry(logoutRequest({ nameId }))))
  expect(accept(encryptedQuery({ nameId }))).toEqual(plain)
  expect(plain.tokenMetadata?.['saml_nameid_val']).toBe('alice')
})

test('an encrypted name for another key is refused', () => {
  expect(() => accept(encryptedQuery({}, forStranger))).toThrow(
    expect.objectContaining({
      code: 'SAML_ENCRYPTED',
      message: expect.stringMatching(/^Failed to decrypt SAML EncryptedID [A-Za-z0-9+/]{32}\.\.\.$/),
      facts: { causedBy: { type: 'decryption_exception', reason: 'Failed to decrypt EncryptedData' } },
    }),
  )
})

test.each([
  ['the signature', carry(encryptIn(logoutRequest(), 'NameID', forStranger)), 'SAML_UNSIGNED'],
  ['the issuer', encryptedQuery({ issuer: 'https://other.test/' }, forStranger), 'SAML_ISSUER'],
  ['the destination', encryptedQuery({ destination: 'https://other.test/' }, forStranger), 'SAML_DESTINATION'],
  ['the expiry', encryptedQuery({ notOnOrAfter: noon - 180_000 }, forStranger), 'SAML_EXPIRED'],
])('an encrypted name is opened last: %s is judged before', (_rule, query, code) => {
  expect(() => accept(query)).toThrow(expect.objectContaining({ code }))
})

test('T74: what is encrypted as a name but is none names nobody', () => {
  const value = '<saml2:AttributeValue>alice</saml2:AttributeValue>'
  const attribute = `<saml2:Attribute ${assertionNamespace} Name="uid">${value}</saml2:Attribute>`
  expect(accept(logoutQueryWith(encryptAs('EncryptedID', attribute))).tokenMetadata).toBe(undefined)
})

test('an encrypted name that is blank names nobody', () => {
  expect(accept(encryptedQuery({ nameId: { value: ' ' } })).tokenMetadata).toBe(undefined)
})

test('T74: an encrypted name is never quoted by a refusal', () => {
  const encryptedId = encryptAs('EncryptedID', `<saml2:NameID ${assertionNamespace} Secret="x">secret</saml2:NameID>`)
  const [, text = ''] = /<xenc:CipherValue>([^<]{32})/.exec(encryptedId) ?? []
  expect(() => accept(logoutQueryWith(encryptedId))).toThrow(
    refusal('SAML_ENCRYPTED', `Failed to decrypt SAML EncryptedID ${text}...`),
  )
})

const oneName = encryptAs('EncryptedID', `<saml2:NameID ${assertionNamespace}>alice</saml2:NameID>`)
const [data = ''] = /<xenc:EncryptedData.*<\/xenc:EncryptedData>/s.exec(oneName) ?? []

test.each([
  ['two names in one', oneName.replace(data, `${data}${data}`)],
  ['a name beside an encrypted one', `${oneName}<saml2:NameID ${assertionNamespace}>bob</saml2:NameID>`],
  ['two encrypted names', `${oneName}${oneName}`],
  ['an encrypted name without its data', oneName.replace(data, '')],
])('A58: %s cannot be parsed', (_rule, names) => {
  expect(() => accept(logoutQueryWith(names))).toThrow(refusal('SAML_SCHEMA', 'Failed to parse SAML message'))
})
