import { expect, test } from 'vitest'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { bearer, testNode } from './es/test-node.test-support.ts'
import { alive, dead, realNode, tryTokens } from './real-node.test-support.ts'
import { signedLogin, withAssertion } from './realm/test-logins.test-support.ts'
import { carry, idpEntityId, logoutUrl, noon, signed, sloUrl, testRealm } from './realm/test-realm.test-support.ts'
import { readRedirect } from './realm/write/redirect.test-support.ts'

const uid = { name: 'urn:oid:0.9.2342.19200300.100.1.1', friendlyName: 'uid', values: ['al'] }
const logout = (node: ReturnType<typeof realNode>, token: string, more = {}) =>
  node.call('POST /_security/saml/logout', { token, ...more })

test('case 88: a login answers with a user and two tokens, in this order', async () => {
  const { status, json } = await realNode().authenticate(await signedLogin())
  expect(status).toBe(200)
  expect(Object.keys(json)).toEqual([
    'username',
    'realm',
    'access_token',
    'refresh_token',
    'expires_in',
    'authentication',
  ])
  expect(json).toMatchObject({
    username: 'alice',
    realm: 'saml1',
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    expires_in: 1200,
    authentication: {
      username: 'alice',
      authentication_realm: { name: 'saml1', type: 'saml' },
      authentication_type: 'realm',
    },
  })
})

const otherAcs = 'https://sp.test/other/acs'
const twoRealms = () =>
  testNode({ realms: [testRealm({ order: 1, acsUrl: otherAcs }).realm, testRealm({ name: 'saml2' }).realm] })

test.each([
  ['case 86: no realm is named', {}],
  ['case 92: its own realm is named', { realm: 'saml2' }],
])('the realm whose address the Response names takes the login when %s', async (_case, selection) => {
  const login = { content: (await signedLogin()).toString('base64'), ids: ['_login1'], ...selection }
  const { json } = await twoRealms().call('POST /_security/saml/authenticate', login)
  expect([json['realm'], json['username']]).toEqual(['saml2', 'alice'])
})

test('case 87: a Response for one realm does not log in at another', async () => {
  const login = { content: (await signedLogin()).toString('base64'), ids: ['_login1'], realm: 'saml1' }
  const node = twoRealms()
  expect((await node.call('POST /_security/saml/authenticate', login)).status).toBe(401)
  expect(node.logged).toMatchObject([{ facts: { code: 'SAML_DESTINATION', realm: 'saml1' } }])
})

test('case 89: _authenticate shows an attribute under both of its names', async () => {
  const node = realNode()
  const { json } = await node.authenticate(await signedLogin(withAssertion({ attributes: [uid] })))
  const who = await node.call('GET /_security/_authenticate', undefined, bearer(String(json['access_token'])))
  expect(who.json).toMatchObject({
    username: 'alice',
    metadata: { saml_uid: ['al'], 'saml(urn:oid:0.9.2342.19200300.100.1.1)': ['al'], saml_nameid: 'alice' },
    authentication_type: 'token',
  })
})

test('case 90: the service user who logged somebody in can refresh', async () => {
  const node = realNode()
  const { refreshToken } = await node.login()
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const { json } = await node.call('POST /_security/oauth2/token', grant)
  const who = await node.call('GET /_security/_authenticate', undefined, bearer(String(json['access_token'])))
  expect(who.json).toMatchObject({ username: 'alice', authentication_realm: { name: 'saml1' } })
})

test('prepare answers realm, id, redirect; the id is the one in the message', async () => {
  const { json } = await realNode().call('POST /_security/saml/prepare', { realm: 'saml1', relay_state: '/app' })
  expect(Object.keys(json)).toEqual(['realm', 'id', 'redirect'])
  const { xml, values } = readRedirect(String(json['redirect']))
  expect(xml).toContain(` ID="${json['id']}" `)
  expect(values['RelayState']).toBe('/app')
})

test('case 14: a logout ends the access token and leaves a refresh token that was not named', async () => {
  const node = realNode()
  const login = await node.login()
  const { json } = await logout(node, login.accessToken)
  expect(json).toEqual({ id: expect.stringMatching(/^_/), redirect: expect.stringContaining(`${sloUrl}?SAMLRequest=`) })
  expect(await tryTokens(node, login)).toEqual({ access: 401, refresh: 200 })
})

test('C110: a logout ends both tokens and asks the IdP to end exactly this login', async () => {
  const node = realNode()
  const login = await node.login()
  const { json } = await logout(node, login.accessToken, { refresh_token: login.refreshToken })
  const { xml } = readRedirect(String(json['redirect']))
  expect(xml).toContain(
    'nameid-format:transient">alice</saml2:NameID><saml2p:SessionIndex>_session1</saml2p:SessionIndex>',
  )
  expect(await tryTokens(node, login)).toEqual(dead)
})

test('case 121: the same token logs out twice, with another request', async () => {
  const node = realNode()
  const { accessToken } = await node.login()
  const [first, second] = [await logout(node, accessToken), await logout(node, accessToken)]
  expect([first.status, second.status]).toEqual([200, 200])
  expect(second.json['id']).not.toBe(first.json['id'])
})

test('case 122: with an unknown token the refresh token is dead all the same', async () => {
  const node = realNode()
  const login = await node.login()
  const { status, json } = await logout(node, 'unknown', { refresh_token: login.refreshToken })
  expect(status).toBe(500)
  expect(json).toMatchObject({ error: { type: 'security_exception', reason: 'supplied token is not valid' } })
  expect(await tryTokens(node, login)).toEqual({ access: 200, refresh: 400 })
})

test.each([
  ['case 22, 123: the IdP has no logout address', {}, { singleLogoutServices: [] }],
  ['case 124: single logout is off', { useSingleLogout: false }, {}],
])('a logout answers nulls and ends both tokens when %s', async (_case, config, idp) => {
  const node = realNode(config, idp)
  const login = await node.login()
  const { text } = await logout(node, login.accessToken, { refresh_token: login.refreshToken })
  expect(text).toBe('{"id":null,"redirect":null}')
  expect(await tryTokens(node, login)).toEqual(dead)
})

test('a logout ends only the login that it names', async () => {
  const node = realNode()
  const [login, other] = [await node.login(), await node.login()]
  await logout(node, login.accessToken, { refresh_token: login.refreshToken })
  expect(await tryTokens(node, other)).toEqual(alive)
})

test('the IdP answers a logout, and the answer is accepted', async () => {
  const node = realNode()
  const { accessToken } = await node.login()
  const { json } = await logout(node, accessToken)
  const header = { id: '_response1', issueInstant: noon, issuer: idpEntityId, destination: logoutUrl }
  const document = writeLogoutResponse({ ...header, inResponseTo: String(json['id']), status: success })
  const query = signed(carry(document, 'SAMLResponse'))
  const { status, text } = await node.completeLogout({ ids: [json['id']], query_string: query })
  expect([status, text]).toEqual([200, '{}'])
})

test('the metadata call answers the service provider metadata of the realm', async () => {
  const node = realNode()
  const { json } = await node.call('GET /_security/saml/metadata/saml1')
  expect(json).toEqual({ metadata: node.realm.realm.spMetadata() })
})
