import { expect, test } from 'vitest'
import { refusal } from '#saml/refusals.test-support'
import { readRoleMappings } from '../es/role-mappings.ts'
import { bearer, type TestNode, testNode } from '../es/test-node.test-support.ts'
import { alive, asUser, dead, goodLogout, type RealNode, realNode, tryTokens } from '../real-node.test-support.ts'
import { signedLogin } from '../realm/test-logins.test-support.ts'
import { baseLogoutRequest, logoutQuery, testRealm } from '../realm/test-realm.test-support.ts'

const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
/** As the LogoutRequest of the test realm names her. */
const alice = {
  realm: 'saml1',
  username: 'alice',
  nameId: { value: 'alice', format: transient },
  sessionIndex: '_session1',
}
const entry = {
  id: expect.stringMatching(/^[0-9a-f]{20}$/),
  realm: 'saml1',
  username: 'alice',
  nameId: { value: 'alice', format: transient, nameQualifier: null, spNameQualifier: null },
  sessionIndex: '_session1',
  issuedAt: '2031-05-04T12:00:00.000Z',
  access: 'alive',
  refresh: 'alive',
  endedBy: null,
}

const onlyOne = async (node: Pick<TestNode, 'es'>) => {
  const tokens = await node.es.tokens.list()
  expect(tokens).toHaveLength(1)
  return tokens[0]
}
const refreshOf = (node: RealNode, refresh_token: string) =>
  node.call('POST /_security/oauth2/token', { grant_type: 'refresh_token', refresh_token })

test('tokens are issued without a login, and both of them are good', async () => {
  const node = realNode()
  const given = await node.es.tokens.issue(alice)
  expect(await node.es.tokens.list()).toEqual([{ ...entry, id: given.id }])
  expect(await tryTokens(node, given)).toEqual(alive)
})

test('a LogoutRequest with the same identifiers ends them, one that differs in a qualifier does not', async () => {
  const node = realNode()
  const given = await node.es.tokens.issue(alice)
  const { nameId } = alice
  const qualified = logoutQuery({ nameId: { ...nameId, spNameQualifier: 'https://sp.test/' } })
  expect((await node.invalidate(qualified)).json).toMatchObject({ invalidated: 0 })
  expect((await goodLogout(node)).json).toMatchObject({ invalidated: 1 })
  expect(await tryTokens(node, given)).toEqual(dead)
})

test('every identifier counts, also those that are seldom there', async () => {
  const nameId = {
    value: '_1',
    format: transient,
    nameQualifier: 'https://idp.test/',
    spNameQualifier: 'urn:sp',
    spProvidedId: '7',
  }
  const node = realNode()
  await node.es.tokens.issue({ ...alice, nameId })
  expect((await onlyOne(node))?.nameId).toEqual(nameId)
  expect((await node.invalidate(logoutQuery({ nameId }))).json).toMatchObject({ invalidated: 1 })
})

test('what is null or left out is absent, as in an Assertion without it', async () => {
  const node = realNode()
  await node.es.tokens.issue({ realm: 'saml1', username: 'alice', nameId: null })
  await node.es.tokens.issue({ ...alice, nameId: { value: 'alice', format: null }, sessionIndex: null })
  expect(await node.es.tokens.list()).toMatchObject([
    { nameId: null, sessionIndex: null },
    { nameId: { value: 'alice', format: null }, sessionIndex: null },
  ])
  const unformatted = logoutQuery({ nameId: { value: 'alice' }, sessionIndexes: [] })
  expect((await node.invalidate(unformatted)).json).toMatchObject({ invalidated: 1 })
})

test('user, roles and metadata are those of a real login with these values', async () => {
  const roleMappings = readRoleMappings({
    saml: { roles: ['viewer'], enabled: true, rules: { field: { 'realm.name': 'saml1' } } },
  })
  const realm = testRealm().realm
  const node = testNode({ realms: [realm], roleMappings })
  const content = (await signedLogin(asUser('alice', '_session1'))).toString('base64')
  const login = await node.call('POST /_security/saml/authenticate', { content, ids: ['_login1'] })
  const given = await node.es.tokens.issue(alice)
  const [real, said] = await Promise.all(
    [String(login.json['access_token']), given.accessToken].map(async (token) => {
      const { json } = await node.call('GET /_security/_authenticate', undefined, bearer(token))
      const { metadata, ...who } = json
      const { saml_nameid, saml_nameid_format } = metadata as Record<string, unknown>
      return { ...who, metadata: { saml_nameid, saml_nameid_format } }
    }),
  )
  expect(said).toEqual(real)
  expect(said).toMatchObject({ username: 'alice', roles: ['viewer'], metadata: { saml_nameid: 'alice' } })
  const [first, second] = await node.es.tokens.list()
  expect({ ...second, id: first?.id }).toEqual(first)
})

test('the attribute from which a realm takes the name is in the metadata, as of an Assertion', async () => {
  const node = realNode({ attributes: { principal: 'urn:oid:0.9.2342.19200300.100.1.1' } })
  const { accessToken } = await node.es.tokens.issue({ ...alice, username: 'Alice A.' })
  const { json } = await node.call('GET /_security/_authenticate', undefined, bearer(accessToken))
  expect(json).toMatchObject({
    username: 'Alice A.',
    metadata: { 'saml(urn:oid:0.9.2342.19200300.100.1.1)': ['Alice A.'], saml_nameid: 'alice' },
  })
})

test('the application logs out with them, and its LogoutRequest names what was said', async () => {
  const node = realNode()
  const { accessToken, refreshToken } = await node.es.tokens.issue(alice)
  const { json } = await node.call('POST /_security/saml/logout', { token: accessToken, refresh_token: refreshToken })
  expect(json['redirect']).toMatch(/^https:\/\/idp\.test\/slo\?SAMLRequest=/)
  expect(await onlyOne(node)).toEqual({
    ...entry,
    access: 'invalidated',
    refresh: 'invalidated',
    endedBy: 'samlLogout',
  })
})

test("the IdP's logout is what ended them, and the list still says whose they were", async () => {
  const node = realNode()
  await node.es.tokens.issue(alice)
  await goodLogout(node)
  const ended = { ...entry, access: 'invalidated', refresh: 'invalidated', endedBy: 'samlInvalidate' }
  expect(await onlyOne(node)).toEqual(ended)
})

test.each([
  ['its access token', 'token', { access: 'invalidated', refresh: 'alive' }],
  ['its refresh token', 'refresh_token', { access: 'alive', refresh: 'invalidated' }],
  ['whose it is', 'username', { access: 'invalidated', refresh: 'invalidated' }],
] as const)('what the call for tokens ends by %s is told by its halves', async (_by, field, state) => {
  const node = realNode()
  const { accessToken, refreshToken } = await node.es.tokens.issue(alice)
  const value = { token: accessToken, refresh_token: refreshToken, username: 'alice' }[field]
  await node.call('DELETE /_security/oauth2/token', { [field]: value })
  expect(await onlyOne(node)).toEqual({ ...entry, ...state, endedBy: 'deleteToken' })
})

test('a refresh uses the first pair up, whose access token lives on, and adds another', async () => {
  const node = realNode()
  const { id, refreshToken } = await node.es.tokens.issue(alice)
  expect((await refreshOf(node, refreshToken)).status).toBe(200)
  const [first, second] = await node.es.tokens.list()
  expect(first).toEqual({ ...entry, id, refresh: 'used', endedBy: 'refresh' })
  expect(second).toEqual(entry)
  await goodLogout(node)
  const gone = { access: 'invalidated', refresh: 'invalidated', endedBy: 'samlInvalidate' }
  expect(await node.es.tokens.list()).toMatchObject([gone, gone])
})

test('time takes nothing away: what has expired was ended by nobody', async () => {
  const node = realNode()
  await node.es.tokens.issue(alice)
  node.advance(20 * 60_000)
  expect(await onlyOne(node)).toEqual(entry)
  node.advance(1)
  expect(await onlyOne(node)).toEqual({ ...entry, access: 'expired' })
  node.advance(24 * 3_600_000)
  expect(await onlyOne(node)).toEqual({ ...entry, access: 'expired', refresh: 'expired' })
})

test('a pair is ended by its id, without touching another, and what had ended stays as it was', async () => {
  const node = realNode()
  const [first, second] = [await node.es.tokens.issue(alice), await node.es.tokens.issue(alice)]
  await node.es.tokens.end(first.id)
  const ended = { ...entry, access: 'invalidated', refresh: 'invalidated', endedBy: 'control' }
  expect(await node.es.tokens.list()).toEqual([ended, entry])
  expect(await tryTokens(node, first)).toEqual(dead)
  await goodLogout(node)
  await node.es.tokens.end(second.id)
  expect((await node.es.tokens.list()).map(({ endedBy }) => endedBy)).toEqual(['control', 'samlInvalidate'])
})

test('tokens of no SAML login are listed without identifiers, and without a refresh token where there is none', async () => {
  const node = testNode()
  await node.call('POST /_security/oauth2/token', { grant_type: 'client_credentials' })
  const tokens = await onlyOne(node)
  expect(tokens).toMatchObject({ realm: 'reserved', username: 'elastic', nameId: null, sessionIndex: null })
  expect(tokens).toMatchObject({ access: 'alive', refresh: null, endedBy: null })
  await node.es.tokens.end(tokens?.id ?? '')
  expect(await onlyOne(node)).toMatchObject({ access: 'invalidated', refresh: null, endedBy: 'control' })
})

test('no secret is ever listed', async () => {
  const node = realNode()
  const given = await node.es.tokens.issue(alice)
  const { json } = await refreshOf(node, given.refreshToken)
  const listed = JSON.stringify(await node.es.tokens.list())
  for (const secret of [given.accessToken, given.refreshToken, json['access_token'], json['refresh_token']]) {
    expect(listed).not.toContain(secret)
  }
})

test('an unknown realm is refused with the nearest, and nothing is issued', async () => {
  const node = realNode()
  await expect(node.es.tokens.issue({ ...alice, realm: 'saml2' })).rejects.toMatchObject({
    type: 'noSuchRealm',
    message: 'there is no realm [saml2], did you mean saml1?',
    path: 'realm',
  })
  expect(await node.es.tokens.list()).toEqual([])
})

test('an unknown id is refused with the nearest, and nothing ends', async () => {
  const node = realNode()
  const { id, ...given } = await node.es.tokens.issue(alice)
  const near = `${id.slice(0, -1)}x`
  await expect(node.es.tokens.end(near)).rejects.toMatchObject({
    type: 'noSuchTokens',
    message: `there is no pair of tokens [${near}], did you mean ${id}?`,
    path: 'id',
  })
  expect(await tryTokens(node, given)).toEqual(alive)
})

test('a user whom the realms that a realm leaves users to do not know is refused', async () => {
  const node = realNode({ authorizationRealms: ['native1'] })
  await expect(node.es.tokens.issue(alice)).rejects.toThrow(
    refusal(
      'SAML_REALM',
      'the principal [alice] was authenticated, but no user could be found in realms [native/native1]',
    ),
  )
  expect(await node.es.tokens.list()).toEqual([])
})

test('the names of a pair differ from node to node', async () => {
  const [one, other] = [realNode(), realNode()]
  const { id } = await one.es.tokens.issue(alice)
  await other.es.tokens.issue(alice)
  await expect(other.es.tokens.end(id)).rejects.toMatchObject({ type: 'noSuchTokens' })
})

test('the identifiers of these tests are those of the good LogoutRequest', () => {
  expect(baseLogoutRequest).toMatchObject({ nameId: alice.nameId, sessionIndexes: [alice.sessionIndex] })
})
