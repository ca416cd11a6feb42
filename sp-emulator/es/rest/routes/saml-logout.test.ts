import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import type { SamlRealm } from '../../../realm/saml-realm.ts'
import { makeToken } from '../../../tokens/token.ts'
import type { TokenMetadata } from '../../../tokens/token-pair.ts'
import { fakeRealm, metadataOf } from '../../fake-realm.test-support.ts'
import { bearer, errorOf, type TestNode, testNode } from '../../test-node.test-support.ts'

const path = 'POST /_security/saml/logout'
const wellFormed = makeToken(Buffer.alloc(16, 0xff))
const kibana = { username: 'elastic', realm: 'reserved' }

async function refreshOutcome({ call }: TestNode, refreshToken: string): Promise<unknown> {
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const { status, json } = await call('POST /_security/oauth2/token', body)
  return status === 200 ? 'refreshed' : json['error_description']
}

async function accessOutcome({ call }: TestNode, accessToken: string): Promise<number> {
  return (await call('GET /_security/_authenticate', undefined, bearer(accessToken))).status
}

test('case 14: a token alone is logged out, its refresh token is not', async () => {
  const node = testNode()
  const { accessToken, refreshToken } = await node.login()
  const { status, text } = await node.call(path, { token: accessToken })
  expect([status, text]).toEqual([200, '{"id":"_1","redirect":"https://idp.test/slo?SAMLRequest=_1"}'])
  expect(await accessOutcome(node, accessToken)).toBe(401)
  expect(await refreshOutcome(node, refreshToken)).toBe('refreshed')
})

test('with the refresh token both are dead', async () => {
  const node = testNode()
  const { accessToken, refreshToken } = await node.login()
  await node.call(path, { token: accessToken, refresh_token: refreshToken })
  expect(await accessOutcome(node, accessToken)).toBe(401)
  expect(await refreshOutcome(node, refreshToken)).toBe('token has been invalidated')
})

test('the realm is asked with the metadata of the login', async () => {
  const asked: unknown[] = []
  const requestLogout: SamlRealm['requestLogout'] = async (metadata) => {
    asked.push(metadata)
    return undefined
  }
  const node = testNode({ realms: [fakeRealm({ requestLogout })] })
  const { accessToken } = await node.login('alice s1')
  await node.call(path, { token: accessToken })
  expect(asked).toEqual([metadataOf('alice', 's1')])
})

test('cases 123, 124: without single logout the answer is two nulls and the tokens are dead all the same', async () => {
  const node = testNode({ realms: [fakeRealm({ requestLogout: async () => undefined })] })
  const { accessToken, refreshToken } = await node.login()
  const answer = await node.call(path, { token: accessToken, refresh_token: refreshToken })
  expect([answer.status, answer.text]).toEqual([200, '{"id":null,"redirect":null}'])
  expect(await accessOutcome(node, accessToken)).toBe(401)
  expect(await refreshOutcome(node, refreshToken)).toBe('token has been invalidated')
})

test('case 121: logging out twice with the same token answers 200 both times, with different ids', async () => {
  const node = testNode()
  const { accessToken } = await node.login()
  const answers = [await node.call(path, { token: accessToken }), await node.call(path, { token: accessToken })]
  expect(answers.map(({ status, json }) => [status, json['id']])).toEqual([
    [200, '_1'],
    [200, '_2'],
  ])
})

test('an expired token logs out', async () => {
  const node = testNode()
  const { accessToken } = await node.login()
  node.clock.advance(60 * 60_000)
  expect((await node.call(path, { token: accessToken })).status).toBe(200)
})

test('case 122: an unknown token is refused, and the refresh token beside it is dead by then', async () => {
  const node = testNode()
  const { accessToken, refreshToken } = await node.login()
  const answer = await node.call(path, { token: wellFormed, refresh_token: refreshToken })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'security_exception',
    'supplied token is not valid',
  ])
  expect(await refreshOutcome(node, refreshToken)).toBe('token has been invalidated')
  expect(await accessOutcome(node, accessToken)).toBe(200)
})

test('an unknown refresh token is no obstacle', async () => {
  const node = testNode()
  const { accessToken } = await node.login()
  expect((await node.call(path, { token: accessToken, refresh_token: wellFormed })).status).toBe(200)
})

test('an empty refresh token is refused before anything happens', async () => {
  const node = testNode()
  const { accessToken } = await node.login()
  const answer = await node.call(path, { token: accessToken, refresh_token: '' })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'illegal_argument_exception',
    'refresh token must be provided',
  ])
  expect(await accessOutcome(node, accessToken)).toBe(200)
})

test('before the first token was issued a well-formed refresh token cannot be invalidated', async () => {
  const answer = await testNode().call(path, { token: 'x', refresh_token: wellFormed })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'security_exception',
    'failed to invalidate token',
  ])
})

test('before the first token was issued a well-formed token meets no index, garbage is just not valid', async () => {
  const node = testNode()
  const missing = await node.call(path, { token: wellFormed })
  expect([missing.status, errorOf(missing)['type'], errorOf(missing)['reason']]).toEqual([
    404,
    'index_not_found_exception',
    'no such index [.security-tokens]',
  ])
  const garbage = await node.call(path, { token: 'garbage' })
  expect([garbage.status, errorOf(garbage)['reason']]).toEqual([500, 'supplied token is not valid'])
})

test.each([{}, { token: '' }])('a missing or empty token is refused: %j', async (body) => {
  const answer = await testNode().call(path, body)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'action_request_validation_exception',
    'Validation Failed: 1: token is missing;',
  ])
})

test('a token from a password cannot be logged out by SAML, and stays alive', async () => {
  const users = [{ username: 'carl', password: 'secret', roles: ['superuser'] }]
  const node = testNode({ users })
  const carl = { authorization: `Basic ${btoa('carl:secret')}` }
  const grant = { grant_type: 'password', username: 'carl', password: 'secret' }
  const { json } = await node.call('POST /_security/oauth2/token', grant, carl)
  const token = String(json['access_token'])
  const answer = await node.call(path, { token }, carl)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    500,
    'Authenticating realm native/default_native is not a SAML realm',
  ])
  expect(await accessOutcome(node, token)).toBe(200)
})

test.each<[string, string, TokenMetadata | undefined, string]>([
  ['a realm that is gone', 'gone', metadataOf('alice', 's1', 'gone'), 'Authenticating realm gone does not exist'],
  ['no metadata', 'saml1', undefined, 'Access token does not have SAML metadata [saml_realm]'],
  ['no realm in the metadata', 'saml1', {}, 'Access token does not have SAML metadata [saml_realm]'],
  ...['x', 'SAML1', 'saml1 '].map((other): [string, string, TokenMetadata, string] => [
    `another realm in the metadata: ${other}`,
    'saml1',
    metadataOf('alice', 's1', other),
    `Authenticating realm [saml/saml1] does not match token realm [${other}]`,
  ]),
  [
    'a realm whose name is in another case',
    'SAML1',
    metadataOf('alice', 's1', 'SAML1'),
    'Authenticating realm SAML1 does not exist',
  ],
])('a token with %s is refused and stays alive', async (_case, name, metadata, reason) => {
  const node = testNode()
  const realm = { name, type: 'saml' }
  const authentication = { username: 'alice', roles: [], fullName: null, email: null, metadata: {}, realm }
  const { accessToken } = await node.tokens.issue({ authentication, client: kibana, metadata })
  const answer = await node.call(path, { token: accessToken })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'security_exception',
    reason,
  ])
  expect(await accessOutcome(node, accessToken)).toBe(200)
})

test('when the LogoutRequest cannot be built the refresh token is dead and the access token is not', async () => {
  const requestLogout = async () => {
    throw new SamlError('SAML_ENDPOINT_AMBIGUOUS', 'Found multiple locations for binding [b] in descriptor [d] - [l]')
  }
  const node = testNode({ realms: [fakeRealm({ requestLogout })] })
  const { accessToken, refreshToken } = await node.login()
  const answer = await node.call(path, { token: accessToken, refresh_token: refreshToken })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'exception',
    'Found multiple locations for binding [b] in descriptor [d] - [l]',
  ])
  expect(await accessOutcome(node, accessToken)).toBe(200)
  expect(await refreshOutcome(node, refreshToken)).toBe('token has been invalidated')
})

test('a token that was refreshed still logs out: the metadata is carried over', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const { json } = await node.call('POST /_security/oauth2/token', body)
  expect((await node.call(path, { token: json['access_token'] })).status).toBe(200)
})
