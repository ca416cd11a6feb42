import { expect, test } from 'vitest'
import { basic, bearer, errorOf, testNode } from '../../test-node.test-support.ts'

const path = 'POST /_security/oauth2/token'
const grants = '[password, _kerberos, refresh_token, client_credentials]'
const passwordGrant = { grant_type: 'password', username: 'watcher', password: 'secret' }

test('case 112: a password becomes a Bearer token of that user', async () => {
  const { status, json } = await testNode().call(path, passwordGrant)
  expect(status).toBe(200)
  expect(Object.keys(json)).toEqual(['access_token', 'type', 'expires_in', 'refresh_token', 'authentication'])
  expect(json).toMatchObject({
    type: 'Bearer',
    expires_in: 1200,
    authentication: { username: 'watcher', authentication_type: 'realm' },
  })
})

test('client credentials give an access token of the caller, and no refresh token', async () => {
  const { status, json } = await testNode().call(path, { grant_type: 'client_credentials' })
  expect(status).toBe(200)
  expect(Object.keys(json)).toEqual(['access_token', 'type', 'expires_in', 'authentication'])
  expect(json['authentication']).toMatchObject({ username: 'elastic', metadata: { _reserved: true } })
})

test('cases 107, 110: a refresh gives a new pair of the same user, a token now; its twin gets the identical pair', async () => {
  const node = testNode()
  const { accessToken, refreshToken } = await node.login()
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const answers = await Promise.all([node.call(path, body), node.call(path, body), node.call(path, body)])
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  const fresh = answers.map(({ json }) => json).at(0) ?? {}
  expect(fresh).toMatchObject({ type: 'Bearer', authentication: { username: 'alice', authentication_type: 'token' } })
  expect([fresh['access_token'], fresh['refresh_token']]).not.toEqual([accessToken, refreshToken])
})

test.each([
  [undefined, undefined],
  ['FULL', undefined],
  ['other', 'FULL'],
])('asked for scope %s the answer says scope %s', async (scope, expected) => {
  expect((await testNode().call(path, { ...passwordGrant, scope })).json['scope']).toBe(expected)
})

test("case 111: no grant_type is OAuth's refusal with exactly two fields", async () => {
  const answer = await testNode().call(path, {})
  const description = `Validation Failed: 1: grant_type only supports the values: ${grants};`
  expect([answer.status, answer.text]).toEqual([
    400,
    `{"error":"unsupported_grant_type","error_description":"${description}"}`,
  ])
})

test.each([
  [{ grant_type: 'x' }, 'unsupported_grant_type', `1: grant_type only supports the values: ${grants};`],
  [{ grant_type: 'password', username: 'a' }, 'invalid_request', '1: password is missing;'],
  [{ grant_type: 'password' }, 'invalid_request', '1: username is missing;2: password is missing;'],
  [{ grant_type: 'refresh_token' }, 'invalid_request', '1: refresh_token is missing;'],
  [{ grant_type: '_kerberos' }, 'invalid_request', '1: kerberos_ticket is missing;'],
  [
    { ...passwordGrant, refresh_token: 'x' },
    'unsupported_grant_type',
    '1: refresh_token is not supported with the password grant_type;',
  ],
  [
    { grant_type: 'client_credentials', username: 'a' },
    'unsupported_grant_type',
    '1: username is not supported with the client_credentials grant_type;',
  ],
])('a grant without what it needs or with what it cannot use is refused: %j', async (body, error, messages) => {
  const answer = await testNode().call(path, body)
  expect([answer.status, answer.json]).toEqual([400, { error, error_description: `Validation Failed: ${messages}` }])
})

test.each([
  ['a wrong password', { ...passwordGrant, password: 'wrong' }, 'watcher'],
  [
    'Kerberos, of which there is no realm',
    { grant_type: '_kerberos', kerberos_ticket: 'eA==' },
    '<unauthenticated-kerberos-user>',
  ],
])('nobody is authenticated by %s', async (_case, body, who) => {
  const answer = await testNode().call(path, body)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    401,
    `unable to authenticate user [${who}] for action [cluster:admin/xpack/security/token/create]`,
  ])
})

test('case 108: an invalidated refresh token is an invalid grant', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  await node.tokens.invalidateRefreshToken(refreshToken)
  const answer = await node.call(path, { grant_type: 'refresh_token', refresh_token: refreshToken })
  expect([answer.status, answer.text]).toEqual([
    400,
    '{"error":"invalid_grant","error_description":"token has been invalidated"}',
  ])
})

test('case 109: a refresh 50 seconds after the first is an invalid grant', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken }
  await node.call(path, body)
  node.clock.advance(50_000)
  expect((await node.call(path, body)).json).toEqual({
    error: 'invalid_grant',
    error_description: 'token has already been refreshed more than 30 seconds in the past',
  })
})

test('another service user cannot refresh', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken }
  expect((await node.call(path, body, basic('kibana_system'))).json['error_description']).toBe(
    'tokens must be refreshed by the creating client',
  )
})

test('garbage is an invalid grant', async () => {
  const answer = await testNode().call(path, { grant_type: 'refresh_token', refresh_token: 'x' })
  expect([answer.status, answer.json]).toEqual([
    400,
    { error: 'invalid_grant', error_description: 'could not refresh the requested token' },
  ])
})

test.each([
  [{ grant_type: 'client_credentials' }, 'token/create', 'manage_token,manage_security,all'],
  [
    { grant_type: 'refresh_token', refresh_token: 'x' },
    'token/refresh',
    'manage_saml,manage_token,manage_security,all',
  ],
])('each grant is an action of its own: %j', async (body, action, privileges) => {
  const node = testNode()
  const { accessToken } = await node.login()
  const answer = await node.call(path, body, bearer(accessToken))
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    403,
    `action [cluster:admin/xpack/security/${action}] is unauthorized for user [alice] with effective roles [], ` +
      `this action is granted by the cluster privileges [${privileges}]`,
  ])
})
