import { expect, test } from 'vitest'
import { NAME_ID_FORMAT } from '#saml/names'
import { refusal } from '#saml/refusals.test-support'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import {
  baseLogoutRequest,
  carry,
  idpEntityId,
  idpKey,
  logoutQuery,
  logoutRequest,
  nameOfKey,
  noon,
  signed,
  strangerKey,
  testRealm,
} from '../test-realm.test-support.ts'

const accept = (query: string, config = {}) => testRealm(config).realm.acceptLogoutRequest(query)
const noSession = { sessionIndexes: [] }

test('case 1: a signed LogoutRequest is accepted with its name as sent', () => {
  const nameId = { value: 'alice', format: NAME_ID_FORMAT.persistent, nameQualifier: 'nq', spNameQualifier: 'spnq' }
  expect(accept(logoutQuery({ ...noSession, nameId }))).toEqual({
    id: '_request1',
    relayState: undefined,
    tokenMetadata: {
      saml_nameid_val: 'alice',
      saml_nameid_fmt: NAME_ID_FORMAT.persistent,
      saml_nameid_qual: 'nq',
      saml_nameid_sp_qual: 'spnq',
      saml_nameid_sp_id: null,
      saml_session: null,
      saml_realm: 'saml1',
    },
  })
})

test('case 2: a LogoutRequest of another issuer is refused with both names', () => {
  expect(() => accept(logoutQuery({ issuer: 'https://other.test/' }))).toThrow(
    refusal('SAML_ISSUER', 'SAML Issuer [https://other.test/] does not match expected value [https://idp.test/]'),
  )
})

test('a LogoutRequest without an issuer is refused', () => {
  const reason =
    'Element {urn:oasis:names:tc:SAML:2.0:protocol}LogoutRequest (_request1) has no issuer, but expected [https://idp.test/]'
  expect(() => accept(logoutQuery({ issuer: undefined }))).toThrow(refusal('SAML_ISSUER_MISSING', reason))
})

test('case 3: a LogoutRequest for another destination is refused with both addresses', () => {
  const reason =
    'SAML request _request1 is for destination https://other.test/logout but this realm uses https://sp.test/saml/logout'
  expect(() => accept(logoutQuery({ destination: 'https://other.test/logout' }))).toThrow(
    refusal('SAML_DESTINATION', reason),
  )
})

test('a LogoutRequest without a destination is refused', () => {
  const reason = 'SAML request _request1 is for destination null but this realm uses https://sp.test/saml/logout'
  expect(() => accept(logoutQuery({ destination: undefined }))).toThrow(refusal('SAML_DESTINATION', reason))
})

test.each([
  'https://SP.test/saml/logout',
  'https://sp.test:443/saml/logout',
  'https://sp.test/saml/logout/',
  'https://sp.test/saml/%6Cogout',
  'https://sp.test/saml/logout?',
])('a destination is compared character by character: %s is another', (destination) => {
  const reason = `SAML request _request1 is for destination ${destination} but this realm uses https://sp.test/saml/logout`
  expect(() => accept(logoutQuery({ destination }))).toThrow(refusal('SAML_DESTINATION', reason))
})

test('a realm without sp.logout refuses every destination', () => {
  const reason = 'SAML request _request1 is for destination https://sp.test/saml/logout but this realm uses '
  expect(() => accept(logoutQuery(), { logoutUrl: '' })).toThrow(refusal('SAML_DESTINATION', reason))
})

test('case 6: a LogoutRequest that nothing signs is refused', () => {
  expect(() => accept(carry(logoutRequest()))).toThrow(refusal('SAML_UNSIGNED', 'Logout request is not signed'))
})

test.each([
  ['SigAlg', /&SigAlg=[^&]*/],
  ['Signature', /&Signature=.*/],
])('a query without %s is not signed', (_name, piece) => {
  expect(() => accept(logoutQuery().replace(piece, ''))).toThrow(
    refusal('SAML_UNSIGNED', 'Logout request is not signed'),
  )
})

test('case 8: a RelayState that is signed along comes back decoded', () => {
  expect(accept(signed(`${carry(logoutRequest())}&RelayState=Hail+Hydra`)).relayState).toBe('Hail Hydra')
})

test('an empty RelayState is one', () => {
  expect(accept(signed(`${carry(logoutRequest())}&RelayState=`)).relayState).toBe('')
})

test('case 113: a RelayState behind the signature is not signed but used', () => {
  expect(accept(`${logoutQuery()}&RelayState=x`).relayState).toBe('x')
})

test.each([
  [-1, '2031-05-04T11:56:59.999Z'],
  [0, '2031-05-04T11:57:00Z'],
])('T23: a NotOnOrAfter at the present less the skew and %i ms has passed', (ms, instant) => {
  const reason = `Rejecting SAML assertion because [2031-05-04T11:57:00Z] is on/after [${instant}]`
  expect(() => accept(logoutQuery({ notOnOrAfter: noon - 180_000 + ms }))).toThrow(refusal('SAML_EXPIRED', reason))
})

test('T23: a NotOnOrAfter one millisecond later has not passed', () => {
  expect(accept(logoutQuery({ notOnOrAfter: noon - 180_000 + 1 })).id).toBe('_request1')
})

test.each([
  ['Version', 'Version="2.0"', 'Version="1.1"'],
  ['IssueInstant', 'IssueInstant="2031', 'IssueInstant="1999'],
  ['Consent', ' ID=', ' Consent="urn:x" ID='],
  ['Reason', ' ID=', ' Reason="urn:x" ID='],
])('%s is not looked at', (_name, from, to) => {
  expect(accept(signed(carry(logoutRequest().replace(from, to)))).id).toBe('_request1')
})

test('a LogoutRequest whose XML is signed is accepted from a query that is not', async () => {
  const document = await signEnveloped(logoutRequest(), '_request1', idpKey)
  expect(accept(carry(document)).tokenMetadata?.['saml_nameid_val']).toBe('alice')
})

test('with both signatures a wrong one in the XML is refused', async () => {
  const document = await signEnveloped(logoutRequest(), '_request1', strangerKey)
  const query = signed(carry(document))
  expect(() => accept(query)).toThrow(
    expect.objectContaining({
      code: 'SAML_SIGNATURE',
      message: expect.stringMatching(/^SAML Signature \[.{32}\.\.\.\] could not be validated against \[.{64}\.\.\.\]$/),
    }),
  )
})

test('with both signatures a wrong one of the query is refused', async () => {
  const document = await signEnveloped(logoutRequest(), '_request1', idpKey)
  const query = signed(carry(document), { key: strangerKey })
  const reason = `could not be validated against [${nameOfKey(idpKey)}]`
  expect(() => accept(query)).toThrow(
    expect.objectContaining({ code: 'SAML_SIGNATURE', message: expect.stringContaining(reason) }),
  )
})

test('an encrypted name is refused while there is no key for it, after everything else', () => {
  const data =
    '<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:CipherData><xenc:CipherValue>QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNk</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>'
  const encrypted = logoutRequest().replace(
    /<saml2:NameID.*?<\/saml2:NameID>/,
    `<saml2:EncryptedID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${data}</saml2:EncryptedID>`,
  )
  expect(() => accept(signed(carry(encrypted)))).toThrow(
    refusal(
      'SAML_ENCRYPTED',
      'SAML EncryptedID [QUJDREVGR0hJSktMTU5PUFFSU1RVVldY...] is encrypted, but no decryption key is available',
    ),
  )
})

test('the order of a node: issuer before destination before expiry', () => {
  const expired = { ...baseLogoutRequest, notOnOrAfter: 0, destination: 'https://other.test/' }
  expect(() => accept(logoutQuery({ ...expired, issuer: 'https://other.test/' }))).toThrow(
    expect.objectContaining({ code: 'SAML_ISSUER' }),
  )
  expect(() => accept(logoutQuery({ ...expired, issuer: idpEntityId }))).toThrow(
    expect.objectContaining({ code: 'SAML_DESTINATION' }),
  )
})
