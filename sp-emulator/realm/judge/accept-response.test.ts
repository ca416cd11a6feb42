import { expect, test } from 'vitest'
import { CONFIRMATION_METHOD, NAME_ID_FORMAT, STATUS } from '#saml/names'
import { refusal } from '#saml/refusals.test-support'
import {
  type LoginSigning,
  loginXml,
  signedLogin,
  signLogin,
  withAssertion,
  withResponse,
} from '../test-logins.test-support.ts'
import { acsUrl, idpKey, nameOfKey, signedBy, strangerKey, testRealm } from '../test-realm.test-support.ts'

const asked = ['_login1']
const login = async (xml: Buffer | Promise<Buffer>, ids: readonly string[] | null = asked, idp = {}) =>
  testRealm({}, idp).realm.authenticate(await xml, ids)
const signResponse: LoginSigning = { ids: ['_response1'] }
const notValidatedXml = expect.objectContaining({
  code: 'SAML_SIGNATURE',
  message: expect.stringMatching(/^SAML Signature \[.{32}\.\.\.\] could not be validated against \[.{64}\.\.\.\]$/s),
})

test.each([
  [
    'case 50: another issuer of the Response',
    withResponse({ issuer: 'https://other.test/' }),
    'SAML_ISSUER',
    'SAML Issuer [https://other.test/] does not match expected value [https://idp.test/]',
  ],
  [
    'no issuer of the Response',
    withResponse({ issuer: undefined }),
    'SAML_ISSUER_MISSING',
    'Element {urn:oasis:names:tc:SAML:2.0:protocol}Response (_response1) has no issuer, but expected [https://idp.test/]',
  ],
  [
    'case 51: another issuer of the Assertion',
    withAssertion({ issuer: 'https://other.test/' }),
    'SAML_ISSUER',
    'SAML Issuer [https://other.test/] does not match expected value [https://idp.test/]',
  ],
  [
    'case 52: another destination',
    withResponse({ destination: 'https://sp.test/other' }),
    'SAML_DESTINATION',
    'SAML response _response1 is for destination https://sp.test/other but this realm uses https://sp.test/saml/acs',
  ],
  [
    'case 54: an answer to something else',
    withResponse({ inResponseTo: '_other' }),
    'SAML_IN_RESPONSE_TO',
    'SAML content is in-response-to [_other] but expected one of [_login1] ',
  ],
  [
    'case 72: a status that is no success',
    withResponse({ status: { codes: [STATUS.requester, STATUS.noPassive], message: 'who?' } }),
    'SAML_STATUS',
    "SAML Response is not a 'success' response: The SAML IdP did not grant the request. It indicated that the Elastic Stack side sent something invalid (urn:oasis:names:tc:SAML:2.0:status:Requester). Message: [who?] Specific status code which might indicate what the issue is: [urn:oasis:names:tc:SAML:2.0:status:NoPassive]",
  ],
] as const)('a Response is refused: %s', async (_rule, change, code, message) => {
  await expect(login(signedLogin(change))).rejects.toThrow(refusal(code, message))
})

test('case 41: a Response without an Assertion is refused', async () => {
  const xml = loginXml(withResponse({ assertions: [] }))
  await expect(login(Buffer.from(xml))).rejects.toThrow(
    refusal('SAML_ASSERTION', 'No assertions found in SAML response'),
  )
})

test('case 42, 43: a signed Response with one Assertion is accepted', async () => {
  const { principal, inResponseTo } = await login(signLogin(loginXml(), signResponse))
  expect(principal.metadata).toEqual({ saml_nameid: 'alice', saml_nameid_format: NAME_ID_FORMAT.transient })
  expect(inResponseTo).toBe('_login1')
})

test('a signed Assertion in a signed Response is accepted', async () => {
  const { principal } = await login(signLogin(loginXml(), { ids: ['_assertion1', '_response1'] }))
  expect(principal.username).toBe('alice')
})

test('case 44: attributes, session index and both qualifiers are kept', async () => {
  const nameId = { value: 'alice', nameQualifier: 'nq', spNameQualifier: 'spnq' }
  const subject = { nameId, confirmations: [{ method: CONFIRMATION_METHOD.bearer, data: { recipient: acsUrl } }] }
  const attributes = [
    { name: 'urn:oid:0.9.2342.19200300.100.1.1', friendlyName: 'uid', values: ['al'] },
    { name: 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1', friendlyName: 'groups', values: ['a', 'b'] },
  ]
  const { principal, tokenMetadata } = await login(signedLogin(withAssertion({ subject, attributes })))
  expect(principal.metadata).toMatchObject({ saml_uid: ['al'], saml_groups: ['a', 'b'] })
  expect(tokenMetadata).toEqual({
    saml_nameid_val: 'alice',
    saml_nameid_fmt: null,
    saml_nameid_qual: 'nq',
    saml_nameid_sp_qual: 'spnq',
    saml_nameid_sp_id: null,
    saml_session: '_session1',
    saml_realm: 'saml1',
  })
})

test('an Assertion must be signed when its Response is not', async () => {
  await expect(login(Buffer.from(loginXml()))).rejects.toThrow(
    refusal('SAML_UNSIGNED', 'Assertion [_assertion1] is not signed, but a signature is required'),
  )
})

test.each([undefined, '', ' '])(
  'case 53: with only the Assertion signed the destination may be %j',
  async (destination) => {
    expect((await login(signedLogin(withResponse({ destination })))).principal.username).toBe('alice')
  },
)

test.each([undefined, ''])('in a signed Response the destination may not be %j', async (destination) => {
  const reason = `SAML response _response1 is for destination ${destination ?? 'null'} but this realm uses https://sp.test/saml/acs`
  await expect(login(signLogin(loginXml(withResponse({ destination })), signResponse))).rejects.toThrow(
    refusal('SAML_DESTINATION', reason),
  )
})

test('case 65: a Response that nobody asked for is accepted when it does not say it answers', async () => {
  const unasked = loginXml(withResponse({ inResponseTo: undefined })).replace(' InResponseTo="_login1"', '')
  expect((await login(signLogin(unasked), [])).inResponseTo).toBeUndefined()
})

test('without any ids from the caller a Response that answers is refused', async () => {
  await expect(login(signedLogin(), null)).rejects.toThrow(
    expect.objectContaining({ code: 'SAML_IN_RESPONSE_TO', facts: expect.objectContaining({ expected: null }) }),
  )
})

test('without any ids from the caller a Response that answers nothing is accepted', async () => {
  const unasked = loginXml().replaceAll(' InResponseTo="_login1"', '')
  expect((await login(signLogin(unasked), null)).principal.username).toBe('alice')
})

test.each([
  ['the Assertion', ['_assertion1']],
  ['the Response', ['_response1']],
])('case 66: a stranger who signs %s is refused', async (_what, ids) => {
  await expect(login(signLogin(loginXml(), { key: strangerKey, ids }))).rejects.toThrow(notValidatedXml)
})

test('case 67: a new key of the IdP counts at once', async () => {
  const { realm, changeIdp } = testRealm()
  const xml = await signLogin(loginXml(), { key: strangerKey })
  await expect(realm.authenticate(xml, asked)).rejects.toThrow(notValidatedXml)
  changeIdp(signedBy(strangerKey))
  expect((await realm.authenticate(xml, asked)).principal.username).toBe('alice')
})

test.each([
  ['the name', 'alice', 'bobby'],
  ['the session', '_session1', '_session2'],
  ['a letter of the digest', '<ds:DigestValue>', '<ds:DigestValue>A'],
])('case 68: %s changed after signing is refused', async (_what, from, to) => {
  const xml = (await signedLogin()).toString().replace(from, to)
  await expect(login(Buffer.from(xml))).rejects.toThrow(
    expect.objectContaining({ message: expect.stringMatching(/^(SAML Signature \[|Failed to parse SAML message)/) }),
  )
})

test.each([2, 6])('case 69: with %i keys any of them may have signed', async (count) => {
  const keys = [...Array.from({ length: count - 1 }, () => strangerKey), idpKey]
  expect((await login(signedLogin(), asked, signedBy(...keys))).principal.username).toBe('alice')
})

test('a refusal names the keys that were tried', async () => {
  const reason = `could not be validated against [${nameOfKey(strangerKey)}]`
  await expect(login(signedLogin(), asked, signedBy(strangerKey))).rejects.toThrow(
    expect.objectContaining({ message: expect.stringContaining(reason) }),
  )
})

test('another message than a Response is refused by its root', async () => {
  const xml =
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" IssueInstant="2031-05-04T12:00:00Z" Version="2.0"><saml:Issuer>https://idp.test/</saml:Issuer></saml:Assertion>'
  const reason =
    'SAML content [[saml2:Assertion: null]] should have a root element of Namespace=[urn:oasis:names:tc:SAML:2.0:protocol] Tag=[Response]'
  await expect(login(Buffer.from(xml))).rejects.toThrow(refusal('SAML_ROOT', reason))
})

test('an encrypted Assertion is refused while there is no key for it', async () => {
  const data =
    '<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:CipherData><xenc:CipherValue>QUJD</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>'
  const encrypted = `<saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${data}</saml2:EncryptedAssertion>`
  const xml = loginXml(withResponse({ assertions: [] })).replace('</saml2p:Response>', `${encrypted}$&`)
  await expect(login(Buffer.from(xml))).rejects.toThrow(
    refusal('SAML_ENCRYPTED', 'SAML assertion [QUJD] is encrypted, but no decryption key is available'),
  )
})

test('the request that a Response answers is named without blanks around it, as it was compared', async () => {
  const xml = (await signedLogin()).toString().replace('InResponseTo="_login1"', 'InResponseTo=" _login1"')
  expect((await testRealm().realm.authenticate(Buffer.from(xml), ['_login1'])).inResponseTo).toBe('_login1')
})
