import { expect, test } from 'vitest'
import { type Answer, basic, errorOf, type TestNode, testNode } from '../../../test-node.test-support.ts'

const path = '/_security/api_key'
const day = 86_400_000
const samlOnly = { saml: { cluster: ['manage_saml'] } }

const apiKey = (encoded: unknown) => ({ authorization: `ApiKey ${encoded}` })
const create = async (node: TestNode, body: object, headers?: Record<string, string>) =>
  (await node.call(`POST ${path}`, { name: 'k', ...body }, headers)).json
const whoAmI = (node: TestNode, encoded: unknown) =>
  node.call('GET /_security/_authenticate', undefined, apiKey(encoded))
const refusal = (answer: Answer) => [answer.status, errorOf(answer)['additional_unsuccessful_credentials']]

test('a key is told once, in the order of a node', async () => {
  const json = await create(testNode(), { expiration: '1d' })
  expect(Object.keys(json)).toEqual(['id', 'name', 'expiration', 'api_key', 'encoded'])
  expect(json['expiration']).toBe(Date.parse('2031-05-05T12:00:00Z'))
  expect(Buffer.from(String(json['encoded']), 'base64').toString()).toBe(`${json['id']}:${json['api_key']}`)
})

test('a call with a key is a call of its owner, by a realm of keys', async () => {
  const node = testNode()
  const { id, encoded } = await create(node, {})
  expect((await whoAmI(node, encoded)).text).toBe(
    '{"username":"elastic","roles":[],"full_name":null,"email":null,"metadata":{},"enabled":true,' +
      '"authentication_realm":{"name":"_es_api_key","type":"_es_api_key"},"lookup_realm":{"name":"_es_api_key","type":"_es_api_key"},' +
      `"authentication_type":"api_key","api_key":{"id":"${id}","name":"k","managed_by":"elasticsearch"}}`,
  )
})

test('a key may do what it was given, and a 403 names it', async () => {
  const node = testNode()
  const { id, encoded } = await create(node, { role_descriptors: samlOnly })
  expect((await node.call('POST /_security/saml/prepare', {}, apiKey(encoded))).status).toBe(200)
  const refused = await node.call('GET /', undefined, apiKey(encoded))
  expect([refused.status, errorOf(refused)['reason']]).toEqual([
    403,
    `action [cluster:monitor/main] is unauthorized for API key id [${id}] of user [elastic], this action is granted by the cluster privileges [monitor,manage,all]`,
  ])
})

test('a key never may more than its owner could', async () => {
  const node = testNode()
  const { encoded } = await create(node, { role_descriptors: { x: { cluster: ['all'] } } }, basic('kibana_system'))
  expect((await node.call('GET /', undefined, apiKey(encoded))).status).toBe(200)
  expect((await node.call('GET /_security/user', undefined, apiKey(encoded))).status).toBe(403)
})

test.each([
  ['unknown', 'eDp5', 'API key: unable to find apikey with id x'],
  ['of a prototype', 'Y29uc3RydWN0b3I6eQ==', 'API key: unable to find apikey with id constructor'],
])('nobody is who comes with a key that is %s', async (_case, encoded, complaint) => {
  expect(refusal(await whoAmI(testNode(), encoded))).toEqual([401, complaint])
})

test('a key without a colon is no key', async () => {
  const answer = await whoAmI(testNode(), 'eA==')
  expect([answer.status, errorOf(answer)['reason']]).toEqual([401, 'error attempting to authenticate request'])
})

test('a wrong secret is no credential', async () => {
  const node = testNode()
  const { id } = await create(node, {})
  const encoded = Buffer.from(`${id}:wrong`).toString('base64')
  expect(refusal(await whoAmI(node, encoded))).toEqual([401, `API key: invalid credentials for API key [${id}]`])
})

test('a key is good until the millisecond of its expiration', async () => {
  const node = testNode()
  const { encoded } = await create(node, { expiration: '1d' })
  node.clock.advance(day - 1)
  expect((await whoAmI(node, encoded)).status).toBe(200)
  node.clock.advance(1)
  expect(refusal(await whoAmI(node, encoded))).toEqual([401, 'API key: api key is expired'])
})

test('a life is counted in whole seconds', async () => {
  const json = await create(testNode(), { expiration: '1999 MS' })
  expect(json['expiration']).toBe(Date.parse('2031-05-04T12:00:01Z'))
})

test.each([
  ['1 day', 'failed to parse setting [expiration] with value [1 day] as a time value: unit is missing or unrecognized'],
  ['1M', 'failed to parse setting [expiration] with value [1M] as a time value: unit is missing or unrecognized'],
  ['1.5d', 'failed to parse [1.5d], fractional time values are not supported'],
])('a life of %s is none', async (expiration, reason) => {
  const answer = await testNode().call(`POST ${path}`, { name: 'a', expiration })
  expect([answer.status, errorOf(answer)]).toEqual([
    400,
    expect.objectContaining({
      type: 'x_content_parse_exception',
      reason: 'Failed to build [api_key_request] after last required field arrived',
      caused_by: { type: 'illegal_argument_exception', reason },
    }),
  ])
})

test('a key whose life is over when it is made opens nothing', async () => {
  const node = testNode()
  const { encoded } = await create(node, { expiration: '-1s' })
  expect(refusal(await whoAmI(node, encoded))).toEqual([401, 'API key: api key is expired'])
})

test('an invalidated key is dead, and nothing is told of it another time', async () => {
  const node = testNode()
  const { id, encoded } = await create(node, {})
  const invalidate = () => node.call(`DELETE ${path}`, { ids: [id] })
  expect((await invalidate()).text).toBe(
    `{"invalidated_api_keys":["${id}"],"previously_invalidated_api_keys":[],"error_count":0}`,
  )
  expect((await invalidate()).text).toBe(
    '{"invalidated_api_keys":[],"previously_invalidated_api_keys":[],"error_count":0}',
  )
  expect(refusal(await whoAmI(node, encoded))).toEqual([401, `API key: api key [${id}] has been invalidated`])
})

test('a key is shown without its secret, in the order of a node', async () => {
  const node = testNode()
  const { id, api_key: secret } = await create(node, { role_descriptors: samlOnly, metadata: { a: 1 } })
  const { text, json } = await node.call(`GET ${path}?id=${id}`)
  const [key] = json['api_keys'] as Record<string, unknown>[]
  expect(Object.keys(key ?? {})).toEqual([
    'id',
    'name',
    'type',
    'creation',
    'invalidated',
    'username',
    'realm',
    'realm_type',
    'metadata',
    'role_descriptors',
  ])
  expect(text).not.toContain(String(secret))
})

test('keys are found by name, owner, activity; one that is not there is 404', async () => {
  const node = testNode()
  await create(node, { name: 'one' })
  await create(node, { name: 'two' }, basic('kibana_system'))
  const { id } = await create(node, { name: 'three' })
  await node.call(`DELETE ${path}`, { ids: id })
  const names = async (query: string) =>
    ((await node.call(`GET ${path}?${query}`)).json['api_keys'] as { name: string }[]).map(({ name }) => name)
  expect(await names('name=t*')).toEqual(['two', 'three'])
  expect(await names('owner=true')).toEqual(['one', 'three'])
  expect(await names('username=kibana_system')).toEqual(['two'])
  expect(await names('active_only')).toEqual(['one', 'two'])
  const missing = await node.call(`GET ${path}?id=x`)
  expect([missing.status, missing.text]).toEqual([404, '{"api_keys":[]}'])
})

test('manage_own_api_key is enough for own keys, and for no others', async () => {
  const users = [{ username: 'app', password: 'secret', roles: ['own'] }]
  const node = testNode({ users, roles: { own: ['manage_own_api_key'] } })
  const { encoded } = await create(node, { role_descriptors: samlOnly }, basic('app'))
  expect((await node.call(`GET ${path}?owner=true`, undefined, basic('app'))).status).toBe(200)
  const others = await node.call(`GET ${path}`, undefined, basic('app'))
  expect([others.status, errorOf(others)['reason']]).toEqual([
    403,
    'action [cluster:admin/xpack/security/api_key/get] is unauthorized for user [app] with effective roles [own], ' +
      'this action is granted by the cluster privileges [read_security,manage_api_key,manage_security,all]',
  ])
  expect((await node.call(`DELETE ${path}`, { owner: true }, apiKey(encoded))).status).toBe(403)
})

test('a key makes only keys that may nothing', async () => {
  const node = testNode()
  const { encoded } = await create(node, {})
  const derived = (roles?: object) =>
    node.call(`POST ${path}`, { name: 'd', ...(roles && { role_descriptors: roles }) }, apiKey(encoded))
  expect((await derived({ nothing: {} })).status).toBe(200)
  const reason = 'creating derived api keys requires an explicit role descriptor that is empty (has no privileges)'
  for (const refused of [await derived(), await derived(samlOnly)]) {
    expect([refused.status, errorOf(refused)['reason']]).toEqual([400, reason])
  }
})

test.each([
  [{ expiration: '1d' }, 'Required [name]'],
  [{ name: '' }, 'Validation Failed: 1: api key name is required;'],
  [
    { name: '_a ' },
    'Validation Failed: 1: api key name may not begin or end with whitespace;2: api key name may not begin with an underscore;',
  ],
  [{ name: 'a', metadata: { _x: 1 } }, 'Validation Failed: 1: API key metadata keys may not start with [_];'],
  [{ name: 'a', role: {} }, '[1:13] [api_key_request] unknown field [role]'],
])('a key that cannot be is refused: %j', async (body, reason) => {
  const answer = await testNode().call(`POST ${path}`, body)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([400, reason])
})

test.each([
  [{}, '1: One of [api key id(s), api key name, username, realm name] must be specified if [owner] flag is false;'],
  [{ ids: [] }, '1: Field [ids] cannot be an empty array;'],
  [{ ids: ['a'], name: 'b' }, '1: only one of [api key id(s), api key name] can be specified;'],
  [
    { owner: true, username: 'a' },
    '1: neither username nor realm-name may be specified when invalidating owned API keys;',
  ],
])('an invalidation that says not what to end is refused: %j', async (body, messages) => {
  const answer = await testNode().call(`DELETE ${path}`, body)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([400, `Validation Failed: ${messages}`])
})
