import { expect, test } from 'vitest'
import type { SubjectConfirmation } from '#saml/messages/assertion'
import { CONFIRMATION_METHOD, NAME_ID_FORMAT, STATUS } from '#saml/names'
import { aftermathOf, envelope, noEffect, unauthenticatedSaml } from './bad-input.test-support.ts'
import { bearer as bearerOf } from './es/test-node.test-support.ts'
import { goodLogout, realNode } from './real-node.test-support.ts'
import {
  baseLogin,
  type Change,
  loginXml,
  signedLogin,
  signLogin,
  withAssertion,
  withConfirmation,
  withResponse,
} from './realm/test-logins.test-support.ts'
import { acsUrl, noon, spEntityId, strangerKey } from './realm/test-realm.test-support.ts'

const tampered = Buffer.from((await signedLogin()).toString().replace('alice', 'admin'))
const bearer = { method: CONFIRMATION_METHOD.bearer, data: { recipient: acsUrl } }
const confirmedBy = (...confirmations: readonly SubjectConfirmation[]): Change =>
  withAssertion({ subject: { nameId: { value: 'alice', format: NAME_ID_FORMAT.transient }, confirmations } })
const forAudiences = (...audienceRestrictions: string[][]) => withAssertion({ conditions: { audienceRestrictions } })
const statement = { authnInstant: noon, sessionIndex: '_session1' }
const twoAssertions: Change = (login) => ({
  ...login,
  assertions: [...login.assertions, ...baseLogin.assertions.map((assertion) => ({ ...assertion, id: '_assertion2' }))],
})

test.each([
  ['unsigned', Buffer.from(loginXml()), 'SAML_UNSIGNED'],
  ['signed by a stranger', await signLogin(loginXml(), { key: strangerKey }), 'SAML_SIGNATURE'],
  ['tampered with', tampered, 'SAML_SIGNATURE'],
  ['of another IdP', await signedLogin(withResponse({ issuer: 'https://other.test/' })), 'SAML_ISSUER'],
  ['for another address', await signedLogin(withResponse({ destination: 'https://other.test/' })), 'SAML_DESTINATION'],
  ['not a success', await signedLogin(withResponse({ status: { codes: [STATUS.responder] } })), 'SAML_STATUS'],
  [
    'T72: an answer to another request',
    await signedLogin(withResponse({ inResponseTo: '_other' })),
    'SAML_IN_RESPONSE_TO',
  ],
  [
    'T72: a confirmation of an answer to another request',
    await signedLogin(withConfirmation({ inResponseTo: '_other' })),
    'SAML_IN_RESPONSE_TO',
  ],
  [
    'T72: for another recipient',
    await signedLogin(withConfirmation({ recipient: 'https://other.test/' })),
    'SAML_RECIPIENT',
  ],
  ['T72: for another audience', await signedLogin(forAudiences(['x'])), 'SAML_AUDIENCE'],
  [
    'T72: for us, but also for an audience that we are not',
    await signedLogin(forAudiences([spEntityId], ['x'])),
    'SAML_AUDIENCE',
  ],
  ['T72: confirmed by nobody', await signedLogin(confirmedBy()), 'SAML_SUBJECT'],
  [
    'T72: confirmed by another than its bearer',
    await signedLogin(confirmedBy({ ...bearer, method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' })),
    'SAML_SUBJECT',
  ],
  ['T72: confirmed by two bearers', await signedLogin(confirmedBy(bearer, bearer)), 'SAML_SUBJECT'],
  [
    'T72: of two AuthnStatements',
    await signedLogin(withAssertion({ authnStatements: [statement, statement] })),
    'SAML_AUTHN_STATEMENT',
  ],
  [
    'T72: of two Assertions, both signed',
    await signLogin(loginXml(twoAssertions), { ids: ['_assertion1', '_assertion2'] }),
    'SAML_ASSERTION',
  ],
  ['expired', await signedLogin(withConfirmation({ notOnOrAfter: noon - 180_000 })), 'SAML_EXPIRED'],
  ['not XML', Buffer.from('alice'), 'SAML_XML'],
  ['nothing', Buffer.alloc(0), 'SAML_XML'],
])(
  'a Response is refused in general words and ends nothing, and only the log says why: %s',
  async (_case, response, code) => {
    const { answer, effects, logged } = await aftermathOf((node) => node.authenticate(response))
    expect(answer.json).toEqual(unauthenticatedSaml)
    expect(effects).toEqual(noEffect)
    expect(logged).toEqual([{ code, level: 'warn' }])
  },
)

test('a Response that is offered to an unknown realm is refused', async () => {
  const response = await signedLogin()
  const { answer, effects, logged } = await aftermathOf((node) => node.authenticate(response, { realm: 'other' }))
  expect(answer.status).toBe(401)
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'SAML_REALM', level: 'warn' }])
})

test('a Response without ids that it could answer is refused in general words', async () => {
  const response = await signedLogin()
  const { answer, effects } = await aftermathOf((node) => node.authenticate(response, { ids: null }))
  expect(answer.json).toEqual(unauthenticatedSaml)
  expect(effects).toEqual(noEffect)
})

test('content that is no base64 is refused in the words of the JDK', async () => {
  const send = { content: 'ab-_', ids: [] }
  const { answer, effects } = await aftermathOf((node) => node.call('POST /_security/saml/authenticate', send))
  expect(answer.json).toEqual(envelope(400, 'illegal_argument_exception', 'Illegal base64 character 2d'))
  expect(effects).toEqual(noEffect)
})

test('T73: the same Response logs in twice, as at a node', async () => {
  const node = realNode()
  const response = await signedLogin()
  expect((await node.authenticate(response)).status).toBe(200)
  expect((await node.authenticate(response)).status).toBe(200)
})

test('T73: a Response that comes after the logout of its session logs in, as at a node', async () => {
  const node = realNode()
  const response = await signedLogin()
  await goodLogout(node)
  expect((await node.authenticate(response)).status).toBe(200)
})

test('T75: attributes with the names of what every object has are data, each with all its values', async () => {
  const node = realNode()
  const names = ['__proto__', 'constructor', 'toString']
  const attributes = names.map((name) => ({ name, friendlyName: name, values: ['x', 'y'] }))
  const { json } = await node.authenticate(await signedLogin(withAssertion({ attributes })))
  const me = await node.call('GET /_security/_authenticate', undefined, bearerOf(String(json['access_token'])))
  for (const name of names) expect(me.text).toContain(`"saml(${name})":["x","y"]`)
  expect(Reflect.get({}, 'x')).toBeUndefined()
  expect(Object.prototype.toString.call({})).toBe('[object Object]')
  expect((await goodLogout(node)).json).toMatchObject({ invalidated: 1 })
})
