import { expect, test } from 'vitest'
import { fakeRealm } from '../fake-realm.test-support.ts'
import { basic, bearer, errorOf, testNode } from '../test-node.test-support.ts'

const challenges = ['Basic realm="security" charset="UTF-8"', 'Bearer realm="security"', 'ApiKey']

test.each([
  ['an answer', 'GET /', {}],
  ['an unknown path', 'GET /nowhere', {}],
  ['a wrong verb', 'GET /_security/saml/logout', {}],
  ['a bad media type', 'GET /', { accept: 'nonsense' }],
  ['no credentials', 'GET /', { authorization: 'none' }],
])('every answer carries the product header: %s', async (_case, line, headers) => {
  const answer = await testNode().call(line, undefined, headers)
  expect(answer.headers.get('X-elastic-product')).toBe('Elasticsearch')
})

test('an unknown path is 400 without a status in the body', async () => {
  const answer = await testNode().call('POST /_security/saml/nothing?x=1', {})
  expect(answer.status).toBe(400)
  expect(answer.text).toBe('{"error":"no handler found for uri [/_security/saml/nothing?x=1] and method [POST]"}')
})

test('the old path of 6.x and 7.x is gone', async () => {
  const answer = await testNode().call('POST /_xpack/security/saml/logout', {})
  expect(answer.text).toBe('{"error":"no handler found for uri [/_xpack/security/saml/logout] and method [POST]"}')
})

test('a wrong verb is 405 and names the right one', async () => {
  const answer = await testNode().call('GET /_security/saml/logout')
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  expect(answer.text).toBe(
    '{"error":"Incorrect HTTP method for uri [/_security/saml/logout] and method [GET], allowed: [POST]","status":405}',
  )
})

test('a path of several verbs names them all', async () => {
  const answer = await testNode().call('PUT /_security/oauth2/token', {})
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST,DELETE'])
})

test('OPTIONS answers with nothing but the verbs, to anybody', async () => {
  const answer = await testNode().call('OPTIONS /_security/saml/logout', undefined, { authorization: 'none' })
  expect([answer.status, answer.headers.get('allow'), answer.text]).toEqual([200, 'POST', ''])
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=UTF-8')
})

test.each([
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'text/plain;charset=UTF-8',
])('a body that a browser can send across origins is refused: %s', async (type) => {
  const answer = await testNode().call('POST /_security/saml/logout', '{}', { 'content-type': type })
  expect([answer.status, answer.json]).toEqual([
    406,
    { error: `Content-Type header [${type}] is not supported`, status: 406 },
  ])
})

test('a body without a type is refused', async () => {
  const answer = await testNode().call('POST /_security/saml/logout', '{}', { 'content-type': 'none' })
  expect([answer.status, answer.text]).toEqual([406, '{"error":"Content-Type header is missing","status":406}'])
})

test('without credentials nothing is answered, and the ways in are named twice', async () => {
  const answer = await testNode().call('GET /_security/_authenticate?pretty=false', undefined, {
    authorization: 'none',
  })
  const reason = 'missing authentication credentials for REST request [/_security/_authenticate?pretty=false]'
  const entry = { type: 'security_exception', reason, header: { 'WWW-Authenticate': challenges } }
  expect([answer.status, answer.json]).toEqual([401, { error: { root_cause: [entry], ...entry }, status: 401 }])
  expect(answer.headers.get('www-authenticate')).toBe(challenges.join(', '))
})

test.each([
  ['a wrong password', basic('elastic', 'wrong'), 'unable to authenticate user [elastic] for REST request [/]'],
  ['an unknown user', basic('nobody'), 'unable to authenticate user [nobody] for REST request [/]'],
  ['a prototype name', basic('constructor'), 'unable to authenticate user [constructor] for REST request [/]'],
  ['no colon', { authorization: 'Basic ZWxhc3RpYw==' }, 'invalid basic authentication header value'],
  ['an unknown scheme', { authorization: 'Digest x' }, 'missing authentication credentials for REST request [/]'],
  ['an empty bearer', { authorization: 'Bearer ' }, 'missing authentication credentials for REST request [/]'],
])('a caller is refused with the reason: %s', async (_case, headers, reason) => {
  const answer = await testNode().call('GET /', undefined, headers)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    401,
    'security_exception',
    reason,
  ])
})

test('the scheme of the credentials is read in any case, and a password may hold a colon', async () => {
  const users = [{ username: 'elastic', password: 'a:b', roles: ['superuser'] }]
  const authorization = basic('elastic', 'a:b').authorization.replace('Basic', 'bAsIc')
  expect((await testNode({ users }).call('GET /', undefined, { authorization })).status).toBe(200)
})

test.each([
  ['expired', async (node: ReturnType<typeof testNode>) => void node.clock.advance(20 * 60_000 + 1)],
  [
    'invalidated',
    async (node: ReturnType<typeof testNode>, token: string) => {
      await node.tokens.invalidateAccessToken(token)
    },
  ],
])('a bearer token that is %s is "token expired", with one challenge', async (_case, end) => {
  const node = testNode()
  const { accessToken } = await node.login()
  await end(node, accessToken)
  const answer = await node.call('GET /_security/_authenticate', undefined, bearer(accessToken))
  const challenge = 'Bearer realm="security", error="invalid_token", error_description="The access token expired"'
  expect([answer.status, errorOf(answer)['reason']]).toEqual([401, 'token expired'])
  expect(errorOf(answer)['header']).toEqual({ 'WWW-Authenticate': challenge })
  expect(answer.headers.get('www-authenticate')).toBe(challenge)
})

test.each(['garbage', '46ToAxZBQUFBQUFBQUFBQUFBQUFBQUFBQUFB'])(
  'an unknown bearer token is not an expired one: %s',
  async (token) => {
    const answer = await testNode().call('GET /_security/_authenticate', undefined, bearer(token))
    const reason =
      'unable to authenticate with provided credentials and anonymous access is not allowed for this request'
    expect([answer.status, errorOf(answer)['reason']]).toEqual([401, reason])
    expect(errorOf(answer)['additional_unsuccessful_credentials']).toBe('oauth2 token: invalid token')
    expect(errorOf(answer)['header']).toEqual({ 'WWW-Authenticate': challenges })
  },
)

test('a left-over URL parameter is refused by name', async () => {
  const answer = await testNode().call('POST /_security/saml/invalidate?foo=1', { query_string: 'x' })
  const reason = 'request [/_security/saml/invalidate] contains unrecognized parameter: [foo]'
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'illegal_argument_exception',
    reason,
  ])
})

test('the parameters that every call takes are no left-overs', async () => {
  const answer = await testNode().call('GET /?pretty&human&error_trace&filter_path=tagline&format=json')
  expect([answer.status, answer.text]).toEqual([200, '{\n  "tagline": "You Know, for Search"\n}\n'])
})

test.each([
  ['an unknown path', 'GET /nope?', undefined, {}, 400, { error: expect.stringContaining('no handler found') }],
  ['a wrong verb', 'PUT /_security/oauth2/token?', {}, {}, 405, { error: expect.any(String), status: 405 }],
  ['no credentials', 'GET /?', undefined, { authorization: 'none' }, 401, { error: expect.anything(), status: 401 }],
  [
    'a body of a bad type',
    'POST /_security/saml/logout?',
    '{}',
    { 'content-type': 'none' },
    406,
    {
      error: 'Content-Type header is missing',
      status: 406,
    },
  ],
  [
    'an error of OAuth',
    'POST /_security/oauth2/token?',
    { grant_type: 'x' },
    {},
    400,
    {
      error: 'unsupported_grant_type',
      error_description: expect.any(String),
    },
  ],
  [
    'SAML that is refused',
    'POST /_security/saml/authenticate?',
    { content: 'x', ids: [] },
    {},
    400,
    {
      error: expect.objectContaining({ root_cause: expect.any(Array), reason: expect.any(String) }),
      status: 400,
    },
  ],
])('filter_path takes nothing from an error: %s', async (_case, line, body, headers, status, whole) => {
  const answer = await testNode().call(`${line}filter_path=name`, body, headers as Record<string, string>)
  expect([answer.status, answer.json]).toEqual([status, whole])
})

test('what is not found is an answer like any other, and filtered', async () => {
  const answer = await testNode().call('GET /_security/user/nobody?filter_path=x')
  expect([answer.status, answer.text]).toEqual([404, '{}'])
  const ended = await testNode().call('DELETE /_security/oauth2/token?filter_path=error_count', { token: 'x' })
  expect(ended.text).toBe('{"error_count":0}')
})

test('error_trace adds a trace to an error', async () => {
  const answer = await testNode().call('POST /_security/saml/logout?error_trace', {})
  expect(errorOf(answer)['stack_trace']).toBe(
    'action_request_validation_exception: Validation Failed: 1: token is missing;',
  )
})

test('a caller who may not is told what would let them', async () => {
  const answer = await testNode().call('POST /_security/saml/logout', { token: 'x' }, basic('watcher'))
  const reason =
    'action [cluster:admin/xpack/security/saml/logout] is unauthorized for user [watcher] with effective roles [monitoring_user] ' +
    '(assigned roles [gone] were not found), this action is granted by the cluster privileges [manage_saml,manage_security,all]'
  const entry = { type: 'security_exception', reason }
  expect([answer.status, answer.json]).toEqual([403, { error: { root_cause: [entry], ...entry }, status: 403 }])
})

test("a role of the caller's own making grants what its privileges grant", async () => {
  const users = [{ username: 'app', password: 'secret', roles: ['saml-service-role'] }]
  const node = testNode({ users, roles: { 'saml-service-role': ['manage_saml'] } })
  expect((await node.call('POST /_security/saml/prepare', {}, basic('app'))).status).toBe(200)
  const refused = await node.call('POST /_security/oauth2/token', { grant_type: 'client_credentials' }, basic('app'))
  expect(refused.status).toBe(403)
})

test('case 125: a missing query_string of an unprivileged caller is 400, not 403', async () => {
  const answer = await testNode().call('POST /_security/saml/invalidate', {}, basic('watcher'))
  expect([answer.status, errorOf(answer)['reason']]).toEqual([400, 'Validation Failed: 1: query_string is missing;'])
})

test.each([
  ['a media type before a path', 'GET /nowhere', undefined, { accept: 'nonsense' }, 'media_type_header_exception'],
  ['a path before a body type', 'POST /nowhere', '{}', { 'content-type': 'text/plain' }, undefined],
  ['credentials before a body', 'POST /_security/saml/logout', '{', { authorization: 'none' }, 'security_exception'],
  ['a body before a parameter', 'POST /_security/saml/logout?foo', '{', {}, 'x_content_parse_exception'],
  ['a parameter before validation', 'POST /_security/saml/logout?foo', {}, {}, 'illegal_argument_exception'],
])('the first thing wrong is reported: %s', async (_case, line, body, headers, type) => {
  const answer = await testNode().call(line, body, headers)
  expect(errorOf(answer)['type']).toBe(type)
})

test('a body type is judged before credentials', async () => {
  const headers = { authorization: 'none', 'content-type': 'text/plain' }
  expect((await testNode().call('POST /_security/saml/logout', '{}', headers)).status).toBe(406)
})

test('a slash at the end of a path or twice in it changes nothing', async () => {
  expect((await testNode().call('GET //_security//_authenticate/')).status).toBe(200)
})

test('an error nobody foresaw is 500 without its sentence, which goes to the log', async () => {
  const prepare = async () => {
    throw new TypeError('inside')
  }
  const node = testNode({ realms: [fakeRealm({ prepare })] })
  const answer = await node.call('POST /_security/saml/prepare', {})
  expect([answer.status, errorOf(answer)['reason']]).toEqual([500, 'internal error, see the log of the emulator'])
  expect(answer.text).not.toContain('inside')
  expect(node.logged).toEqual([
    {
      level: 'error',
      facts: { code: 'INTERNAL', error: new TypeError('inside'), path: '/_security/saml/prepare' },
      message: 'a call failed for a reason nobody foresaw',
    },
  ])
})

test.each(['/labs/1/', '/labs/1', '/'])('a node below a base path is found with and without it: %s', async (path) => {
  const answer = await testNode({ basePath: '/labs/1' }).call(`GET ${path}?human`)
  expect([answer.status, JSON.parse(answer.text).tagline]).toEqual([200, 'You Know, for Search'])
})

test('what only begins like the base path is another path', async () => {
  const answer = await testNode({ basePath: '/labs/1' }).call('POST /labs/12/_security', {})
  expect(answer.text).toBe('{"error":"no handler found for uri [/labs/12/_security] and method [POST]"}')
})
