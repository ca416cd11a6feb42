import { expect, test } from 'vitest'
import { type LogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { aftermathOf, envelope, noEffect, noEffectNorLine } from './bad-input.test-support.ts'
import {
  carry,
  idpEntityId,
  idpKey,
  logoutUrl,
  noon,
  notValidated,
  signed,
  strangerKey,
} from './realm/test-realm.test-support.ts'

const base: LogoutResponse = {
  id: '_response1',
  issueInstant: noon,
  issuer: idpEntityId,
  destination: logoutUrl,
  inResponseTo: '_logout1',
  status: success,
}
const carried = (changes: Partial<LogoutResponse> = {}) =>
  carry(writeLogoutResponse({ ...base, ...changes }), 'SAMLResponse')
const by = (changes: Partial<LogoutResponse> = {}) => ({ query_string: signed(carried(changes)) })
const inBase64 = (xml: string) => Buffer.from(xml).toString('base64')
const foreign = signed(carried(), { key: strangerKey })
const tampered = signed(carried()).replace(/^[^&]*/, carried({ inResponseTo: '_logout2' }))

test.each([
  [
    'T26: unsigned, by redirect',
    { query_string: carried() },
    'Query string is not signed, but is required for HTTP-Redirect binding',
    'SAML_UNSIGNED',
  ],
  [
    'T27: unsigned, by POST',
    { content: inBase64(writeLogoutResponse(base)) },
    'LogoutResponse is not signed, but is required for HTTP-Post binding',
    'SAML_UNSIGNED',
  ],
  ['signed by a stranger', { query_string: foreign }, notValidated(foreign, idpKey), 'SAML_SIGNATURE'],
  ['another message under the signature', { query_string: tampered }, notValidated(tampered, idpKey), 'SAML_SIGNATURE'],
  [
    'T28: not a success',
    by({ status: { codes: [STATUS.responder, STATUS.partialLogout] } }),
    "SAML Response is not a 'success' response: The request could not be granted due to an error in the SAML IDP side (urn:oasis:names:tc:SAML:2.0:status:Responder). Specific status code which might indicate what the issue is: [urn:oasis:names:tc:SAML:2.0:status:PartialLogout]",
    'SAML_STATUS',
  ],
  [
    'T29: an answer to a request that nobody sent',
    by({ inResponseTo: '_other' }),
    'SAML content is in-response-to [_other] but expected one of [_logout1] ',
    'SAML_IN_RESPONSE_TO',
  ],
  [
    "T31: an answer to somebody else's logout",
    { ...by({ inResponseTo: '_logout2' }), ids: ['_logout1', '_logout3'] },
    'SAML content is in-response-to [_logout2] but expected one of [_logout1, _logout3] ',
    'SAML_IN_RESPONSE_TO',
  ],
  [
    'of another IdP',
    by({ issuer: 'https://other.test/' }),
    'SAML Issuer [https://other.test/] does not match expected value [https://idp.test/]',
    'SAML_ISSUER',
  ],
  [
    'for another address',
    by({ destination: 'https://other.test/' }),
    'SAML response _response1 is for destination https://other.test/ but this realm uses https://sp.test/saml/logout',
    'SAML_DESTINATION',
  ],
  [
    'no message',
    { query_string: 'RelayState=a' },
    'Could not parse SAMLResponse from query string: [RelayState=a]',
    'SAML_MESSAGE_MISSING',
  ],
  ['an unknown realm', { ...by(), realm: 'other' }, 'Cannot find any matching realm with name [other]', 'SAML_REALM'],
])('a LogoutResponse is refused and ends nothing: %s', async (_rule, body, reason, code) => {
  const { answer, effects, logged } = await aftermathOf((node) => node.completeLogout(body))
  expect(answer.json).toEqual(envelope(500, 'security_exception', reason))
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code, level: 'warn' }])
})

test('T11: a LogoutResponse beside a LogoutRequest is refused', async () => {
  const query = `${signed(carried())}&SAMLRequest=x`
  const { answer, effects } = await aftermathOf((node) => node.completeLogout({ query_string: query }))
  const reason = 'parameters [SAMLRequest] and [SAMLResponse] may not be sent together'
  expect(answer.json).toEqual(envelope(400, 'illegal_argument_exception', reason))
  expect(effects).toEqual(noEffect)
})

test('an answer without the ids that it could answer makes a node trip', async () => {
  const { answer, effects } = await aftermathOf((node) => node.completeLogout({ ...by(), ids: undefined }))
  const reason = 'Cannot invoke "java.util.Collection.contains(Object)" because "allowedSamlRequestIds" is null'
  expect(answer.json).toEqual(envelope(500, 'null_pointer_exception', reason))
  expect(effects).toEqual(noEffect)
})

test.each([
  ['no realm', { ...by(), realm: ' ' }, 'Validation Failed: 1: realm may not be empty;'],
  [
    'neither binding',
    { query_string: '', content: ' ' },
    'Validation Failed: 1: query_string and content may not both be empty;',
  ],
  ['both bindings', { ...by(), content: 'x' }, 'Validation Failed: 1: query_string and content may not both present;'],
])('a call with %s is refused', async (_case, body, reason) => {
  const { answer, effects } = await aftermathOf((node) => node.completeLogout(body))
  expect(answer.json).toEqual(envelope(400, 'action_request_validation_exception', reason))
  expect(effects).toEqual(noEffect)
})

test('T30: a good LogoutResponse, and one that answers nothing, are accepted and end nothing', async () => {
  for (const body of [by(), { ...by({ inResponseTo: undefined }), ids: [] }]) {
    const { answer, effects } = await aftermathOf((node) => node.completeLogout(body))
    expect([answer.status, answer.text]).toEqual([200, '{}'])
    expect(effects).toEqual(noEffectNorLine)
  }
})
