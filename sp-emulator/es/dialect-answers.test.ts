import { expect, test } from 'vitest'
import { type Answer, bearer, errorOf, type TestNode, testNode } from './test-node.test-support.ts'

const security = (version: string, path: string) =>
  `/${version.startsWith('6') ? '_xpack/security' : '_security'}${path}`
const logout = (node: TestNode, line: string, headers = {}) => node.call(line, { token: '' }, headers)
const missingToken = 'Validation Failed: 1: token is missing;'
const noHandler = (answer: Answer) => String(answer.json['error']).startsWith('no handler found for uri')

test.each(['6.8.23', '7.0.0', '7.17.29'])('%s answers under the old path', async (version) => {
  const answer = await logout(testNode({ version }), 'POST /_xpack/security/saml/logout')
  expect([answer.status, errorOf(answer)['reason']]).toEqual([400, missingToken])
})

test('6.8 knows no other path', async () => {
  const node = testNode({ version: '6.8' })
  expect(noHandler(await logout(node, 'POST /_security/saml/logout'))).toBe(true)
  expect((await node.call('GET /_xpack/security/_authenticate')).headers.get('warning')).toBeNull()
})

test('7.x warns on the old path', async () => {
  const answer = await logout(testNode({ version: '7.17.29' }), 'POST /_xpack/security/saml/logout')
  expect(answer.headers.get('warning')).toMatch(
    /^299 Elasticsearch-7\.17\.29-[0-9a-f]{40} "\[POST \/_xpack\/security\/saml\/logout\] is deprecated! Use \[POST \/_security\/saml\/logout\] instead\."$/,
  )
})

const compatible = (version: number) => {
  const type = `application/vnd.elasticsearch+json; compatible-with=${version}`
  return { accept: type, 'content-type': type }
}

test.each([
  ['8.19.0', {}, true],
  ['8.19.0', compatible(8), true],
  ['8.19.0', compatible(7), false],
  ['9.0.0', compatible(8), true],
])('%s with %j has no old path: %s', async (version, headers, gone) => {
  expect(noHandler(await logout(testNode({ version }), 'POST /_xpack/security/saml/logout', headers))).toBe(gone)
})

test.each([
  ['7.9.3', 'POST /_security/saml/complete_logout', true],
  ['7.10.0', 'POST /_security/saml/complete_logout', false],
  ['7.10.2', 'GET /_security/saml/metadata/saml1', true],
  ['7.11.0', 'GET /_security/saml/metadata/saml1', false],
  ['7.17.0', 'POST /_xpack/security/saml/complete_logout', true],
])('%s: %s is unknown: %s', async (version, line, unknown) => {
  const answer = await testNode({ version }).call(line, line.startsWith('POST') ? {} : undefined)
  expect(noHandler(answer)).toBe(unknown)
})

test.each([
  ['6.8.0', 'queryString'],
  ['7.13.4', 'queryString'],
  ['7.14.0', 'query_string'],
])('%s takes the query under the name %s', async (version, name) => {
  const node = testNode({ version })
  const line = `POST ${security(version, '/saml/invalidate')}`
  expect((await node.call(line, { [name]: 'alice s1' })).json).toMatchObject({ invalidated: 0 })
  expect(errorOf(await node.call(line, {}))['reason']).toBe(`Validation Failed: 1: ${name} is missing;`)
})

test('7.13 does not know the new name, and suggests the old', async () => {
  const answer = await testNode({ version: '7.13.4' }).call('POST /_security/saml/invalidate', { query_string: 'x' })
  expect(errorOf(answer)['reason']).toBe(
    '[1:2] [saml_invalidate_session] unknown field [query_string] did you mean [queryString]?',
  )
})

test('7.13 takes the query of complete_logout under the old name', async () => {
  const node = testNode({ version: '7.13.4' })
  const body = { realm: 'saml1', ids: [], queryString: 'x' }
  expect((await node.call('POST /_security/saml/complete_logout', body)).text).toBe('{}')
})

test('from 7.14 on the old name is deprecated', async () => {
  const answer = await testNode({ version: '7.14.0' }).call('POST /_security/saml/invalidate', { queryString: 'x y' })
  expect(answer.headers.get('warning')).toContain(
    '[saml_invalidate_session][1:2] Deprecated field [queryString] used, expected [query_string] instead',
  )
})

test.each([
  ['6.8.0', 'illegal_argument_exception', '[saml_logout] unknown field [tokn], parser not found'],
  ['7.0.0', 'x_content_parse_exception', '[1:2] [saml_logout] unknown field [tokn] did you mean [token]?'],
])('%s words an unknown field in its way', async (version, type, reason) => {
  const answer = await testNode({ version }).call(`POST ${security(version, '/saml/logout')}`, { tokn: 'x' })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([400, type, reason])
})

test.each([
  ['7.17.0', 'json_parse_exception', undefined],
  ['8.0.0', 'x_content_parse_exception', 'json_parse_exception'],
])('%s reports malformed JSON as %s', async (version, type, cause) => {
  const answer = await testNode({ version }).call('POST /_security/saml/logout', '{"a" 1}')
  expect(errorOf(answer)['type']).toBe(type)
  expect((errorOf(answer)['caused_by'] as { type?: string } | undefined)?.type).toBe(cause)
})

test.each([
  ['7.13.4', null],
  ['7.14.0', 'Elasticsearch'],
])('%s sends the product header %s', async (version, header) => {
  expect((await testNode({ version }).call('GET /')).headers.get('x-elastic-product')).toBe(header)
})

test.each([
  ['7.17.0', 'application/json; charset=UTF-8'],
  ['8.0.0', 'application/json'],
])('%s answers in %s', async (version, type) => {
  const node = testNode({ version })
  expect((await node.call('GET /')).headers.get('content-type')).toBe(type)
  expect((await node.call('GET /nowhere')).headers.get('content-type')).toBe(type)
})

test.each([
  ['7.10.2', 200],
  ['7.11.0', 400],
])('%s answers %i to an Accept that it does not understand', async (version, status) => {
  expect((await testNode({ version }).call('GET /', undefined, { accept: 'nonsense' })).status).toBe(status)
})

test.each([
  ['7.10.2', 7, 406],
  ['7.17.0', 7, 400],
  ['7.17.0', 8, 400],
  ['8.0.0', 7, 400],
  ['8.0.0', 9, 400],
])('%s judges compatible-with=%i', async (version, asked, status) => {
  const answer = await testNode({ version }).call('POST /_security/saml/logout', {}, compatible(asked))
  const refused = errorOf(answer)['type'] === 'media_type_header_exception'
  expect([answer.status, refused]).toEqual([status, asked > Number(version.split('.')[0])])
})

test.each([
  ['7.17.0', 'missing authentication credentials for REST request [/]', undefined],
  [
    '8.0.0',
    'unable to authenticate with provided credentials and anonymous access is not allowed for this request',
    'oauth2 token: invalid token',
  ],
])('%s says of an unknown bearer token: %s', async (version, reason, additional) => {
  const error = errorOf(await testNode({ version }).call('GET /', undefined, bearer('garbage')))
  expect([error['reason'], error['additional_unsuccessful_credentials']]).toEqual([reason, additional])
})

test.each([
  ['7.17.0', 200],
  ['8.0.0', 404],
])('%s answers %i to the DELETE of an unknown token', async (version, status) => {
  const answer = await testNode({ version }).call('DELETE /_security/oauth2/token', { token: 'garbage' })
  expect([answer.status, answer.json]).toEqual([
    status,
    { invalidated_tokens: 0, previously_invalidated_tokens: 0, error_count: 0 },
  ])
})

const loginBody = { content: Buffer.from('alice s1').toString('base64'), ids: [] }

test.each([
  ['7.10.2', ['username', 'access_token', 'refresh_token', 'expires_in']],
  ['7.11.0', ['username', 'realm', 'access_token', 'refresh_token', 'expires_in', 'authentication']],
])('%s answers a login with %j', async (version, fields) => {
  const answer = await testNode({ version }).call('POST /_security/saml/authenticate', loginBody)
  expect(Object.keys(answer.json)).toEqual(fields)
})

test.each([
  ['7.10.2', false],
  ['7.11.0', true],
])('%s describes the user in a token answer: %s', async (version, shown) => {
  const grant = { grant_type: 'client_credentials' }
  const { json } = await testNode({ version }).call('POST /_security/oauth2/token', grant)
  expect('authentication' in json).toBe(shown)
})

test.each([
  ['7.9.3', ['redirect']],
  ['7.10.0', ['id', 'redirect']],
])('%s answers a logout with %j', async (version, fields) => {
  const node = testNode({ version })
  const { accessToken } = await node.login()
  expect(Object.keys((await node.call('POST /_security/saml/logout', { token: accessToken })).json)).toEqual(fields)
})

test.each([
  ['9.3.0', undefined],
  ['9.4.0', { managed_by: 'elasticsearch' }],
])('%s says of an access token that it is managed by %j, and of a password nothing', async (version, token) => {
  const node = testNode({ version })
  const { accessToken } = await node.login()
  const path = 'GET /_security/_authenticate'
  expect((await node.call(path, undefined, bearer(accessToken))).json['token']).toEqual(token)
  expect((await node.call(path)).json).not.toHaveProperty('token')
})

test.each([
  ['9.1.0', ['id', 'name']],
  ['9.2.0', ['id', 'name', 'managed_by']],
])('%s says of an API key %j', async (version, fields) => {
  const node = testNode({ version })
  const { json } = await node.call('POST /_security/api_key', { name: 'k' })
  const authorization = `ApiKey ${json['encoded']}`
  const key = (await node.call('GET /_security/_authenticate', undefined, { authorization })).json['api_key'] as object
  expect(Object.keys(key)).toEqual(fields)
  expect(key).toMatchObject({ id: json['id'], name: 'k', ...(fields.length > 2 && { managed_by: 'elasticsearch' }) })
})
