import { expect, test } from 'vitest'
import { basic, bearer, errorOf, type TestNode, testNode } from '../test-node.test-support.ts'

const whoAmI = 'GET /_security/_authenticate'
const as = (username: string) => ({ 'es-security-runas-user': username })
const refusal = ({ status, json }: Awaited<ReturnType<TestNode['call']>>) => [
  status,
  errorOf({ json } as never)['reason'],
]

/** A node with `proxy`, who may run as those of the patterns, and with `bob`. */
async function nodeWithProxy(runAs: readonly string[], version?: string): Promise<TestNode> {
  const node = testNode(version === undefined ? {} : { version })
  await node.call('PUT /_security/role/proxies', { cluster: ['manage_own_api_key', 'manage_token'], run_as: runAs })
  await node.call('PUT /_security/user/proxy', { password: 'secret', roles: ['proxies'] })
  await node.call('PUT /_security/user/bob', { password: 'secret', roles: ['monitoring_user'], email: 'bob@x.test' })
  return node
}

test('who runs as somebody is them, proven by the one realm and known by the other', async () => {
  const node = await nodeWithProxy(['b*'])
  const { json } = await node.call(whoAmI, undefined, { ...basic('proxy'), ...as('bob') })
  expect(json).toEqual({
    username: 'bob',
    roles: ['monitoring_user'],
    full_name: null,
    email: 'bob@x.test',
    metadata: {},
    enabled: true,
    authentication_realm: { name: 'default_native', type: 'native' },
    lookup_realm: { name: 'default_native', type: 'native' },
    authentication_type: 'realm',
  })
  expect((await node.call(whoAmI, undefined, as('bob'))).json).toMatchObject({
    username: 'bob',
    authentication_realm: { name: 'reserved', type: 'reserved' },
    lookup_realm: { name: 'default_native', type: 'native' },
  })
  expect((await node.call(whoAmI, undefined, as('kibana_system'))).json).toMatchObject({
    username: 'kibana_system',
    lookup_realm: { name: 'reserved', type: 'reserved' },
  })
})

test.each([
  ['no role lets them', ['x*'], 'bob'],
  ['there is no such user', ['*'], 'carol'],
  ['a user of a SAML realm is known by nobody', ['*'], 'alice'],
])('it is refused where %s', async (_case, patterns, username) => {
  const node = await nodeWithProxy(patterns)
  await node.login()
  const answer = await node.call(whoAmI, undefined, { ...basic('proxy'), ...as(username) })
  expect(refusal(answer)).toEqual([
    403,
    'action [cluster:admin/xpack/security/user/authenticate] is unauthorized for user [proxy] with effective roles [proxies], ' +
      `because user [proxy] is unauthorized to run as [${username}]`,
  ])
})

test('it is asked for when the call is known to be right, as any privilege is', async () => {
  const node = await nodeWithProxy([])
  const answer = await node.call('POST /_security/saml/logout', {}, { ...basic('proxy'), ...as('bob') })
  expect(refusal(answer)).toEqual([400, 'Validation Failed: 1: token is missing;'])
})

test('what is allowed goes by the roles of the one whom they run as', async () => {
  const node = await nodeWithProxy(['/b.b/'])
  const asBob = { ...basic('proxy'), ...as('bob') }
  expect((await node.call('GET /', undefined, asBob)).status).toBe(200)
  expect(refusal(await node.call('POST /_security/oauth2/token', { grant_type: 'client_credentials' }, asBob))).toEqual(
    [
      403,
      'action [cluster:admin/xpack/security/token/create] is unauthorized for user [proxy] run as [bob] with effective roles [monitoring_user], ' +
        'this action is granted by the cluster privileges [manage_token,manage_security,all]',
    ],
  )
})

test.each([
  ['an empty name', ''],
  ['a disabled user', 'bob'],
])('%s fails the login of the caller', async (_case, username) => {
  const node = await nodeWithProxy(['*'])
  await node.call('PUT /_security/user/bob/_disable')
  const answer = await node.call(whoAmI, undefined, { ...basic('proxy'), ...as(username) })
  expect(refusal(answer)).toEqual([
    401,
    'unable to authenticate user [proxy] for REST request [/_security/_authenticate]',
  ])
})

test('wrong credentials are told before the one whom they would run as', async () => {
  const answer = await testNode().call(whoAmI, undefined, { ...basic('elastic', 'wrong'), ...as('') })
  expect(refusal(answer)[1]).toBe('unable to authenticate user [elastic] for REST request [/_security/_authenticate]')
})

/** An access token and an API key of `proxy`. */
async function credentialsOf(node: TestNode) {
  const token = await node.call('POST /_security/oauth2/token', { grant_type: 'client_credentials' }, basic('proxy'))
  const key = await node.call('POST /_security/api_key', { name: 'k' }, basic('proxy'))
  return {
    token: bearer(String(token.json['access_token'])),
    key: { id: String(key.json['id']), authorization: `ApiKey ${key.json['encoded']}` },
  }
}

test('a token and a key can run as somebody too, and the key is not told of', async () => {
  const node = await nodeWithProxy(['bob'])
  const { token, key } = await credentialsOf(node)
  const byToken = await node.call(whoAmI, undefined, { ...token, ...as('bob') })
  expect(byToken.json).toMatchObject({ username: 'bob', authentication_type: 'token' })
  const { authorization } = key
  const byKey = await node.call(whoAmI, undefined, { authorization, ...as('bob') })
  expect(byKey.json).toMatchObject({
    username: 'bob',
    authentication_type: 'api_key',
    authentication_realm: { name: '_es_api_key', type: '_es_api_key' },
    lookup_realm: { name: 'default_native', type: 'native' },
  })
  expect(byKey.json).not.toHaveProperty('api_key')
  expect(refusal(await node.call(whoAmI, undefined, { authorization, ...as('elastic') }))).toEqual([
    403,
    `action [cluster:admin/xpack/security/user/authenticate] is unauthorized for API key id [${key.id}] of user [proxy], ` +
      `because API key id [${key.id}] of user [proxy] is unauthorized to run as [elastic]`,
  ])
})

test('who came with a token or a key changes no password, neither their own nor that of whom they run as', async () => {
  const node = await nodeWithProxy(['bob'])
  const { token, key } = await credentialsOf(node)
  const { authorization } = key
  const change = async (headers: Record<string, string>) =>
    (await node.call('POST /_security/user/_password', { password: 'another' }, headers)).status
  const byTokenOrKey = [token, { ...token, ...as('bob') }, { authorization }, { authorization, ...as('bob') }]
  expect(await Promise.all(byTokenOrKey.map(change))).toEqual([403, 403, 403, 403])
  expect(await change({ ...basic('proxy'), ...as('bob') })).toBe(200)
  expect((await node.call(whoAmI, undefined, basic('bob', 'another'))).status).toBe(200)
})

test.each([
  ['8.0.0', { byKey: 'proxy', byToken: 'proxy' }],
  ['8.2.0', { byKey: 'bob', byToken: 'proxy' }],
  ['8.3.0', { byKey: 'bob', byToken: 'bob' }],
])('where a version has no such thing the header is passed over: %s', async (version, expected) => {
  const node = await nodeWithProxy(['bob'], version)
  const { token, key } = await credentialsOf(node)
  const nameBy = async (credentials: { authorization: string }) => {
    const { authorization } = credentials
    return (await node.call(whoAmI, undefined, { authorization, ...as('bob') })).json['username']
  }
  expect({ byKey: await nameBy(key), byToken: await nameBy(token) }).toEqual(expected)
})

test('a token that is made while running as somebody is theirs, and runs as nobody else', async () => {
  const node = await nodeWithProxy(['*'])
  await node.call('PUT /_security/user/bob', { roles: ['superuser'] })
  const made = await node.call(
    'POST /_security/oauth2/token',
    { grant_type: 'client_credentials' },
    { ...basic('proxy'), ...as('bob') },
  )
  const token = bearer(String(made.json['access_token']))
  const expected = {
    username: 'bob',
    authentication_realm: { name: 'default_native', type: 'native' },
    lookup_realm: { name: 'default_native', type: 'native' },
    authentication_type: 'token',
  }
  expect((await node.call(whoAmI, undefined, token)).json).toMatchObject(expected)
  expect((await node.call(whoAmI, undefined, { ...token, ...as('elastic') })).json).toMatchObject(expected)
})

test('an API key that is made while running as somebody is theirs, of their realm', async () => {
  const node = await nodeWithProxy(['*'])
  await node.call('PUT /_security/user/bob', { roles: ['superuser'] })
  await node.call('POST /_security/api_key', { name: 'k' }, as('bob'))
  const { json } = await node.call('GET /_security/api_key?owner=true', undefined, basic('bob'))
  expect(json['api_keys']).toMatchObject([{ username: 'bob', realm: 'default_native', realm_type: 'native' }])
})
