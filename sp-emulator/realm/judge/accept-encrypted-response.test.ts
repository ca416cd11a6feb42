import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import type { SamlError } from '#saml/errors'
import type { Attribute } from '#saml/messages/assertion'
import { refusal } from '#saml/refusals.test-support'
import {
  type LoginSigning,
  loginXml,
  signedLogin,
  signLogin,
  withAssertion,
  withResponse,
} from '../test-logins.test-support.ts'
import { spKey, strangerKey, testRealm } from '../test-realm.test-support.ts'
import { type Choice, encryptAs, encryptIn, flipBit, forStranger, withKey } from './encrypted.test-support.ts'

const signResponse: LoginSigning = { ids: ['_response1'] }
const login = async (xml: string | Buffer | Promise<Buffer>, config = withKey) =>
  testRealm(config).realm.authenticate(Buffer.from(await xml), ['_login1'])
const assertionNamespace = 'xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"'
const failedToDecrypt = expect.objectContaining({
  code: 'SAML_ENCRYPTED',
  message: expect.stringMatching(/^Failed to decrypt SAML assertion [A-Za-z0-9+/]{32}\.\.\.$/),
  facts: { causedBy: { type: 'decryption_exception', reason: 'Failed to decrypt EncryptedData' } },
})
const notValidated = expect.objectContaining({
  code: 'SAML_SIGNATURE',
  message: expect.stringMatching(/^SAML Signature \[.{32}\.\.\.\] could not be validated against \[.{64}\.\.\.\]$/s),
})

test('case 45: an encrypted Assertion in a signed Response is accepted', async () => {
  const { principal, tokenMetadata } = await login(signLogin(encryptIn(loginXml(), 'Assertion'), signResponse))
  expect(principal.username).toBe('alice')
  expect(tokenMetadata['saml_session']).toBe('_session1')
})

test('case 46: a signed Assertion that was encrypted is accepted from an unsigned Response', async () => {
  const { principal } = await login(encryptIn(await signedLogin(), 'Assertion'))
  expect(principal.username).toBe('alice')
})

test('a signed Assertion that was encrypted is accepted from a signed Response', async () => {
  const { principal } = await login(signLogin(encryptIn(await signedLogin(), 'Assertion'), signResponse))
  expect(principal.username).toBe('alice')
})

test('case 48: an Assertion that is encrypted for another key is refused', async () => {
  await expect(login(encryptIn(await signedLogin(), 'Assertion', forStranger))).rejects.toThrow(failedToDecrypt)
})

test('C106: an encrypted Assertion is opened by any of the keys of a realm', async () => {
  const { principal } = await login(encryptIn(await signedLogin(), 'Assertion'), { encryption: [strangerKey, spKey] })
  expect(principal.username).toBe('alice')
})

test('the signing key of a realm opens nothing', async () => {
  await expect(login(encryptIn(await signedLogin(), 'Assertion'), { signing: spKey })).rejects.toThrow(
    expect.objectContaining({
      code: 'SAML_ENCRYPTED',
      message: expect.stringMatching(/^SAML assertion \[.{35}\] is encrypted, but no decryption key is available$/),
    }),
  )
})

test('an encrypted Assertion that nothing signs is refused once it is open', async () => {
  await expect(login(encryptIn(loginXml(), 'Assertion'))).rejects.toThrow(
    refusal('SAML_UNSIGNED', 'Assertion [_assertion1] is not signed, but a signature is required'),
  )
})

test('an encrypted Assertion that a stranger signed is refused', async () => {
  const xml = encryptIn(await signLogin(loginXml(), { key: strangerKey }), 'Assertion')
  await expect(login(xml)).rejects.toThrow(notValidated)
})

test('a wrong signature inside is refused although the Response is signed', async () => {
  const tampered = (await signedLogin()).toString().replace('alice', 'admin')
  await expect(login(signLogin(encryptIn(tampered, 'Assertion'), signResponse))).rejects.toThrow(notValidated)
})

test('the signature of the Response is judged before anything is decrypted', async () => {
  const xml = await signLogin(encryptIn(loginXml(), 'Assertion', forStranger), signResponse)
  await expect(login(xml.toString().replace('https://idp.test/', 'https://idp.test/x'))).rejects.toThrow(notValidated)
})

test('the checks of the Response come before decryption', async () => {
  const xml = encryptIn(loginXml(withResponse({ destination: 'https://other.test/' })), 'Assertion', forStranger)
  await expect(login(signLogin(xml, signResponse))).rejects.toThrow(
    expect.objectContaining({ code: 'SAML_DESTINATION' }),
  )
})

test('the checks of the Assertion come after decryption', async () => {
  const xml = encryptIn(await signedLogin(withAssertion({ issuer: 'https://other.test/' })), 'Assertion')
  await expect(login(xml)).rejects.toThrow(
    refusal('SAML_ISSUER', 'SAML Issuer [https://other.test/] does not match expected value [https://idp.test/]'),
  )
})

test('an encrypted Assertion beside another is one too many', async () => {
  const xml = (await signedLogin()).toString()
  const both = xml.replace('</saml2p:Response>', `${encryptAs('EncryptedAssertion', 'x')}$&`)
  await expect(login(both)).rejects.toThrow(
    refusal('SAML_ASSERTION', 'Expecting only 1 assertion, but response contains multiple (2)'),
  )
})

test('T74: what is encrypted as an Assertion but is none cannot be decrypted', async () => {
  const name = `<saml2:NameID ${assertionNamespace}>alice</saml2:NameID>`
  const xml = loginXml().replace(/<saml2:Assertion.*<\/saml2:Assertion>/, encryptAs('EncryptedAssertion', name))
  await expect(login(signLogin(xml, signResponse))).rejects.toThrow(failedToDecrypt)
})

test('T74: 64 changes of an encrypted Assertion are refused with one reason and without a cause', async () => {
  const xml = encryptIn(await signedLogin(), 'Assertion', { cipher: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc' })
  const reasons = await Promise.all(Array.from({ length: 64 }, (_, index) => refusalOf(flipBit(xml, 32 + index))))
  expect(reasons.filter((reason) => !isDeepStrictEqual(reason, reasons[0]))).toEqual([])
  expect(reasons[0]).toMatchObject({ code: 'SAML_ENCRYPTED', cause: undefined })
})

const attributes: readonly Attribute[] = [
  { name: 'uid', friendlyName: 'user', values: ['alice1'] },
  { name: 'groups', values: ['a', 'b'] },
]

const metadataOf = async (choice: Choice, config = withKey) => {
  const xml = encryptIn(loginXml(withAssertion({ attributes })), 'Attribute', choice)
  return (await login(signLogin(xml), config)).principal.metadata
}

test('case 47: encrypted attributes are opened', async () => {
  expect(await metadataOf({})).toMatchObject({
    'saml(uid)': ['alice1'],
    saml_user: ['alice1'],
    'saml(groups)': ['a', 'b'],
  })
})

test.each([
  ['case 49: attributes that are encrypted for another key', forStranger, withKey],
  ['without a key, encrypted attributes', {}, {}],
])('%s are as good as not there', async (_rule, choice, config) => {
  expect(Object.keys(await metadataOf(choice, config))).toEqual(['saml_nameid', 'saml_nameid_format'])
})

test('encrypted attributes come behind those that are not', async () => {
  const encrypted = encryptIn(loginXml(withAssertion({ attributes: attributes.slice(0, 1) })), 'Attribute')
  const [first = ''] = /<saml2:EncryptedAttribute.*<\/saml2:EncryptedAttribute>/s.exec(encrypted) ?? []
  const xml = loginXml(withAssertion({ attributes: attributes.slice(1) }))
  const { principal } = await login(signLogin(xml.replace('<saml2:AttributeStatement>', `$&${first}`)))
  expect(Object.keys(principal.metadata).slice(0, 2)).toEqual(['saml(groups)', 'saml(uid)'])
})

test('what is encrypted as an attribute but is none is as good as not there', async () => {
  const name = `<saml2:NameID ${assertionNamespace}>admin</saml2:NameID>`
  const xml = loginXml(withAssertion({ attributes: attributes.slice(1) }))
  const swapped = xml.replace(/<saml2:Attribute .*<\/saml2:Attribute>/s, encryptAs('EncryptedAttribute', name))
  const { principal } = await login(signLogin(swapped))
  expect(Object.keys(principal.metadata)).toEqual(['saml_nameid', 'saml_nameid_format'])
})

test('a name in the Subject that is encrypted is not opened, but absent', async () => {
  const xml = encryptIn(loginXml(withAssertion({ attributes })), 'NameID')
  const { principal, tokenMetadata } = await login(signLogin(xml), { ...withKey, attributes: { principal: 'uid' } })
  expect(principal.username).toBe('alice1')
  expect(tokenMetadata['saml_nameid_val']).toBe(null)
})

async function refusalOf(xml: string): Promise<object> {
  try {
    return await login(xml)
  } catch (error) {
    const { code, message, facts, cause } = error as SamlError
    return { code, message, facts, cause }
  }
}
