import { expect, test } from 'vitest'
import { type LogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { refusal } from '#saml/refusals.test-support'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import {
  carry,
  idpEntityId,
  idpKey,
  logoutRequest,
  logoutUrl,
  noon,
  notValidated,
  signed,
  strangerKey,
  testRealm,
} from '../test-realm.test-support.ts'

const base: LogoutResponse = {
  id: '_response1',
  issueInstant: noon,
  issuer: idpEntityId,
  destination: logoutUrl,
  inResponseTo: '_logout1',
  status: success,
}
const asked = ['_logout1']
const { realm } = testRealm()
const xmlOf = (changes: Partial<LogoutResponse> = {}) => writeLogoutResponse({ ...base, ...changes })
const queryOf = (changes: Partial<LogoutResponse> = {}) => signed(carry(xmlOf(changes), 'SAMLResponse'))
const redirected =
  (queryString: string, ids: readonly string[] | null = asked) =>
  () =>
    realm.checkLogoutResponse({ queryString, content: undefined, ids })
const posted =
  (xml: string, ids: readonly string[] | null = asked) =>
  () =>
    realm.checkLogoutResponse({ queryString: undefined, content: Buffer.from(xml).toString('base64'), ids })
const signedXml = (changes: Partial<LogoutResponse> = {}, key = idpKey) =>
  signEnveloped(xmlOf(changes), '_response1', key)

test('case 25: a POSTed LogoutResponse whose XML is signed is accepted', async () => {
  expect(posted(await signedXml())).not.toThrow()
})

test('line breaks in POSTed base64 are tolerated', async () => {
  const content = Buffer.from(await signedXml())
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n')
  expect(() => realm.checkLogoutResponse({ queryString: undefined, content, ids: asked })).not.toThrow()
})

test('case 26, T27: a POSTed LogoutResponse that is not signed is refused', () => {
  expect(posted(xmlOf())).toThrow(
    refusal('SAML_UNSIGNED', 'LogoutResponse is not signed, but is required for HTTP-Post binding'),
  )
})

const requesterReason =
  "SAML Response is not a 'success' response: The SAML IdP did not grant the request. It indicated that the Elastic Stack side sent something invalid (urn:oasis:names:tc:SAML:2.0:status:Requester)."

test('case 27: a POSTed LogoutResponse that is no success is refused', async () => {
  expect(posted(await signedXml({ status: { codes: [STATUS.requester] } }))).toThrow(
    refusal('SAML_STATUS', requesterReason),
  )
})

test('case 28: a redirected LogoutResponse whose query is signed is accepted', () => {
  expect(redirected(queryOf())).not.toThrow()
})

test.each([
  [[STATUS.requester], requesterReason],
  [
    [STATUS.responder, STATUS.partialLogout],
    "SAML Response is not a 'success' response: The request could not be granted due to an error in the SAML IDP side (urn:oasis:names:tc:SAML:2.0:status:Responder). Specific status code which might indicate what the issue is: [urn:oasis:names:tc:SAML:2.0:status:PartialLogout]",
  ],
  [
    [STATUS.versionMismatch],
    "SAML Response is not a 'success' response: The request could not be granted because the SAML IDP doesn't support SAML 2.0 (urn:oasis:names:tc:SAML:2.0:status:VersionMismatch).",
  ],
  [
    ['urn:other', STATUS.success],
    "SAML Response is not a 'success' response: The request could not be granted, the SAML IDP responded with a non-standard Status code (urn:other). Specific status code which might indicate what the issue is: [urn:oasis:names:tc:SAML:2.0:status:Success]",
  ],
])('case 29, T28: a redirected LogoutResponse with the status %j is refused', (codes, reason) => {
  expect(redirected(queryOf({ status: { codes } }))).toThrow(refusal('SAML_STATUS', reason))
})

test('success with a partial logout below it is a success', () => {
  expect(redirected(queryOf({ status: { codes: [STATUS.success, STATUS.partialLogout] } }))).not.toThrow()
})

const queryUnsigned = refusal('SAML_UNSIGNED', 'Query string is not signed, but is required for HTTP-Redirect binding')

test('case 30, T26: a redirected LogoutResponse whose query is not signed is refused, before its status', () => {
  const status = { codes: [STATUS.requester] }
  expect(redirected(carry(xmlOf({ status }), 'SAMLResponse'))).toThrow(queryUnsigned)
})

test('a signature in the XML does not help a query that is not signed', async () => {
  expect(redirected(carry(await signedXml(), 'SAMLResponse'))).toThrow(queryUnsigned)
})

test('a wrong signature in the XML is refused although the query is signed', async () => {
  const xml = await signedXml({}, strangerKey)
  expect(redirected(signed(carry(xml, 'SAMLResponse')))).toThrow(expect.objectContaining({ code: 'SAML_SIGNATURE' }))
})

test('a query that a stranger signed is refused', () => {
  const query = signed(carry(xmlOf(), 'SAMLResponse'), { key: strangerKey })
  expect(redirected(query)).toThrow(refusal('SAML_SIGNATURE', notValidated(query, idpKey)))
})

test('T29, T31: an answer to another request than those pending is refused', () => {
  expect(redirected(queryOf({ inResponseTo: '_other' }), ['_logout1', '_logout2'])).toThrow(
    refusal('SAML_IN_RESPONSE_TO', 'SAML content is in-response-to [_other] but expected one of [_logout1, _logout2] '),
  )
})

test('T30: an answer to nothing is accepted', () => {
  expect(redirected(queryOf({ inResponseTo: undefined }), [])).not.toThrow()
})

test('a node trips over an answer when the caller sent no ids', () => {
  expect(redirected(queryOf(), null)).toThrow(
    expect.objectContaining({
      code: 'SAML_IN_RESPONSE_TO',
      message: 'Cannot invoke "java.util.Collection.contains(Object)" because "allowedSamlRequestIds" is null',
      facts: { expected: null, actual: '_logout1', esType: 'null_pointer_exception' },
    }),
  )
})

test('another issuer is refused', () => {
  expect(redirected(queryOf({ issuer: 'https://other.test/' }))).toThrow(
    refusal('SAML_ISSUER', 'SAML Issuer [https://other.test/] does not match expected value [https://idp.test/]'),
  )
})

test('no issuer is refused', () => {
  const reason =
    'Element {urn:oasis:names:tc:SAML:2.0:protocol}LogoutResponse (_response1) has no issuer, but expected [https://idp.test/]'
  expect(redirected(queryOf({ issuer: undefined }))).toThrow(refusal('SAML_ISSUER_MISSING', reason))
})

test('another destination is refused', () => {
  const reason =
    'SAML response _response1 is for destination https://other.test/ but this realm uses https://sp.test/saml/logout'
  expect(redirected(queryOf({ destination: 'https://other.test/' }))).toThrow(refusal('SAML_DESTINATION', reason))
})

test.each([undefined, '', '  '])('a redirected LogoutResponse may have the destination %j', (destination) => {
  expect(redirected(queryOf({ destination }))).not.toThrow()
})

test.each([undefined, ''])('a POSTed LogoutResponse may not have the destination %j', async (destination) => {
  const reason = `SAML response _response1 is for destination ${destination ?? 'null'} but this realm uses https://sp.test/saml/logout`
  expect(posted(await signedXml({ destination }))).toThrow(refusal('SAML_DESTINATION', reason))
})

test('the order of a node: what it answers, its status, its issuer, its destination', () => {
  const status = { codes: [STATUS.requester] }
  const wrong = { status, issuer: 'https://other.test/', destination: 'https://other.test/' }
  const codes = [
    { ...wrong, inResponseTo: '_other' },
    wrong,
    { ...wrong, status: success },
    { destination: wrong.destination },
  ].map((changes) => refusedWith(redirected(queryOf(changes))))
  expect(codes).toEqual(['SAML_IN_RESPONSE_TO', 'SAML_STATUS', 'SAML_ISSUER', 'SAML_DESTINATION'])
})

function refusedWith(check: () => void): unknown {
  try {
    return check()
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

test('a query without a SAMLResponse is refused', () => {
  const query = signed(carry(logoutRequest()))
  expect(redirected(query)).toThrow(
    refusal('SAML_MESSAGE_MISSING', `Could not parse SAMLResponse from query string: [${query}]`),
  )
})

test('an empty query string is one without a SAMLResponse', () => {
  expect(redirected('')).toThrow(refusal('SAML_MESSAGE_MISSING', 'Could not parse SAMLResponse from query string: []'))
})

test('another message is refused by its root', () => {
  const reason =
    'SAML content [[saml2p:LogoutRequest: null]] should have a root element of Namespace=[urn:oasis:names:tc:SAML:2.0:protocol] Tag=[LogoutResponse]'
  expect(redirected(signed(carry(logoutRequest(), 'SAMLResponse')))).toThrow(refusal('SAML_ROOT', reason))
})

test('POSTed content that is no base64 is refused', () => {
  const check = () => realm.checkLogoutResponse({ queryString: undefined, content: '-', ids: asked })
  expect(check).toThrow(refusal('SAML_BASE64', 'SAML message cannot be Base64 decoded'))
})

test('POSTed content that is deflated cannot be parsed', () => {
  const content = decodeURIComponent(carry(xmlOf(), '').slice(1))
  const check = () => realm.checkLogoutResponse({ queryString: undefined, content, ids: asked })
  expect(check).toThrow(expect.objectContaining({ message: 'Failed to parse SAML message' }))
})
