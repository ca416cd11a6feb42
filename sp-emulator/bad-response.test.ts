import { expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { aftermathOf, envelope, noEffect } from './bad-input.test-support.ts'
import { realNode } from './real-node.test-support.ts'
import {
  loginXml,
  signedLogin,
  signLogin,
  withAssertion,
  withConfirmation,
  withResponse,
} from './realm/test-logins.test-support.ts'
import { noon, strangerKey } from './realm/test-realm.test-support.ts'

const tampered = Buffer.from((await signedLogin()).toString().replace('alice', 'admin'))
const challenges = ['Basic realm="security" charset="UTF-8"', 'Bearer realm="security"', 'ApiKey']
const unauthenticated = {
  type: 'security_exception',
  reason:
    'unable to authenticate user [<unauthenticated-saml-user>] for action [cluster:admin/xpack/security/saml/authenticate]',
  header: { 'WWW-Authenticate': challenges },
}

test.each([
  ['unsigned', Buffer.from(loginXml()), 'SAML_UNSIGNED'],
  ['signed by a stranger', await signLogin(loginXml(), { key: strangerKey }), 'SAML_SIGNATURE'],
  ['tampered with', tampered, 'SAML_SIGNATURE'],
  ['of another IdP', await signedLogin(withResponse({ issuer: 'https://other.test/' })), 'SAML_ISSUER'],
  ['for another address', await signedLogin(withResponse({ destination: 'https://other.test/' })), 'SAML_DESTINATION'],
  ['not a success', await signedLogin(withResponse({ status: { codes: [STATUS.responder] } })), 'SAML_STATUS'],
  ['an answer to another request', await signedLogin(withResponse({ inResponseTo: '_other' })), 'SAML_IN_RESPONSE_TO'],
  [
    'T72: for another recipient',
    await signedLogin(withConfirmation({ recipient: 'https://other.test/' })),
    'SAML_RECIPIENT',
  ],
  [
    'T72: for another audience',
    await signedLogin(withAssertion({ conditions: { audienceRestrictions: [['x']] } })),
    'SAML_AUDIENCE',
  ],
  ['expired', await signedLogin(withConfirmation({ notOnOrAfter: noon - 180_000 })), 'SAML_EXPIRED'],
  ['not XML', Buffer.from('alice'), 'SAML_XML'],
  ['nothing', Buffer.alloc(0), 'SAML_XML'],
])(
  'a Response is refused in general words and ends nothing, and only the log says why: %s',
  async (_case, response, code) => {
    const { answer, effects, logged } = await aftermathOf((node) => node.authenticate(response))
    expect(answer.json).toEqual({ error: { root_cause: [unauthenticated], ...unauthenticated }, status: 401 })
    expect(effects).toEqual(noEffect)
    expect(logged).toEqual([{ code, level: 'warn' }])
  },
)

test('a Response that is offered to an unknown realm is refused', async () => {
  const response = await signedLogin()
  const { answer, logged } = await aftermathOf((node) => node.authenticate(response, { realm: 'other' }))
  expect(answer.status).toBe(401)
  expect(logged).toEqual([{ code: 'SAML_REALM', level: 'warn' }])
})

test('a Response without ids that it could answer is refused in general words', async () => {
  const response = await signedLogin()
  const { answer } = await aftermathOf((node) => node.authenticate(response, { ids: null }))
  expect(answer.json).toEqual({ error: { root_cause: [unauthenticated], ...unauthenticated }, status: 401 })
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

test('neither the Response nor a token is logged', async () => {
  const { logText } = await aftermathOf((node) => node.authenticate(tampered))
  expect(logText).not.toMatch(/<saml|Signature>|access_token/)
})
