import { expect, test } from 'vitest'
import { SamlError, type SamlErrorCode } from '#saml/errors'
import { fakeRealm } from '../../fake-realm.test-support.ts'
import { bearer, errorOf, type TestNode, testNode } from '../../test-node.test-support.ts'

const path = 'POST /_security/saml/invalidate'

async function isAlive({ call }: TestNode, accessToken: string): Promise<boolean> {
  return (await call('GET /_security/_authenticate', undefined, bearer(accessToken))).status === 200
}

async function refresh({ call }: TestNode, refreshToken: string) {
  return call('POST /_security/oauth2/token', { grant_type: 'refresh_token', refresh_token: refreshToken })
}

const refusing = (code: SamlErrorCode, message: string) =>
  fakeRealm({
    acceptLogoutRequest: () => {
      throw new SamlError(code, message)
    },
  })

test('answers realm, invalidated and redirect, in that order', async () => {
  const node = testNode()
  await node.login('alice s1')
  const { status, text } = await node.call(path, { query_string: 'alice s1', realm: 'saml1' })
  expect(status).toBe(200)
  expect(text).toBe('{"realm":"saml1","invalidated":1,"redirect":"https://idp.test/slo?SAMLResponse=_1"}')
})

test('case 9: of four logins exactly those with the same NameID and session end', async () => {
  const node = testNode()
  const logins = []
  for (const who of ['alice s2', 'alice s1', 'alice s1', 'bob s1']) logins.push(await node.login(who))
  const { json } = await node.call(path, { query_string: 'alice s1' })
  expect(json['invalidated']).toBe(2)
  const alive = await Promise.all(logins.map(({ accessToken }) => isAlive(node, accessToken)))
  expect(alive).toEqual([true, false, false, true])
})

test('case 10: both tokens of a match are dead', async () => {
  const node = testNode()
  const { accessToken, refreshToken } = await node.login('alice s1')
  await node.call(path, { query_string: 'alice s1' })
  expect(await isAlive(node, accessToken)).toBe(false)
  expect((await refresh(node, refreshToken)).json['error_description']).toBe('token has been invalidated')
})

test('case 11: the answer names the realm, and the redirect carries a SAMLResponse', async () => {
  const { json } = await testNode().call(path, { query_string: 'alice s1' })
  expect(json).toMatchObject({
    realm: 'saml1',
    redirect: expect.stringMatching(/^https:\/\/idp\.test\/slo\?SAMLResponse=/),
  })
})

test('case 12: a login whose access token expired is ended by its refresh token', async () => {
  const node = testNode()
  await node.login('alice s1')
  node.clock.advance(60 * 60_000)
  expect((await node.call(path, { query_string: 'alice s1' })).json['invalidated']).toBe(1)
})

test('cases 12, 13: the realm is found by its name, and only its own logins end', async () => {
  const realms = [fakeRealm({ name: 'saml1' }), fakeRealm({ name: 'saml2', order: 2 })]
  const node = testNode({ realms })
  const [first, second] = [await node.login('alice s1', 'saml1'), await node.login('alice s1', 'saml2')]
  const { json } = await node.call(path, { query_string: 'alice s1', realm: 'saml2' })
  expect(json).toMatchObject({ realm: 'saml2', invalidated: 1 })
  expect([await isAlive(node, first.accessToken), await isAlive(node, second.accessToken)]).toEqual([true, false])
})

test('the realm is found by its ACS', async () => {
  const { json } = await testNode().call(path, { query_string: 'alice s1', acs: 'https://saml1.test/acs' })
  expect(json['realm']).toBe('saml1')
})

test('case 118: a LogoutRequest without SessionIndex does not end a session that has one', async () => {
  const node = testNode()
  const { accessToken } = await node.login('alice s1')
  const { status, json } = await node.call(path, { query_string: 'alice' })
  expect([status, json['invalidated'], await isAlive(node, accessToken)]).toEqual([200, 0, true])
})

test('a session without SessionIndex is ended by a request without one', async () => {
  const node = testNode()
  await node.login('alice')
  expect((await node.call(path, { query_string: 'alice' })).json['invalidated']).toBe(1)
})

test('case 119: login, refresh, invalidate counts two pairs', async () => {
  const node = testNode()
  const { refreshToken } = await node.login('alice s1')
  const { json } = await refresh(node, refreshToken)
  expect((await node.call(path, { query_string: 'alice s1' })).json['invalidated']).toBe(2)
  expect(await isAlive(node, String(json['access_token']))).toBe(false)
})

test('case 120: the same call again answers 200 with 0 and another redirect', async () => {
  const node = testNode()
  await node.login('alice s1')
  const answers = [
    await node.call(path, { query_string: 'alice s1' }),
    await node.call(path, { query_string: 'alice s1' }),
  ]
  expect(answers.map(({ status, json }) => [status, json['invalidated'], json['redirect']])).toEqual([
    [200, 1, 'https://idp.test/slo?SAMLResponse=_1'],
    [200, 0, 'https://idp.test/slo?SAMLResponse=_2'],
  ])
})

test('a request that names nobody ends nothing and is answered', async () => {
  const node = testNode()
  const { accessToken } = await node.login('nobody')
  const { status, json } = await node.call(path, { query_string: 'nobody' })
  expect([status, json['invalidated'], await isAlive(node, accessToken)]).toEqual([200, 0, true])
})

test('case 123: when the answer cannot be built it is an error, and the tokens are dead', async () => {
  const reason = 'Cannot send LogoutResponse because the IDP x does not provide a logout service'
  const answerLogoutRequest = async () => {
    throw new SamlError('SAML_ENDPOINT_MISSING', reason)
  }
  const node = testNode({ realms: [fakeRealm({ answerLogoutRequest })] })
  const { accessToken } = await node.login('alice s1')
  const answer = await node.call(path, { query_string: 'alice s1' })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'security_exception',
    reason,
  ])
  expect(await isAlive(node, accessToken)).toBe(false)
})

test.each<[SamlErrorCode, number, string]>([
  ['SAML_QUERY_MALFORMED', 400, 'illegal_argument_exception'],
  ['SAML_QUERY_AMBIGUOUS', 400, 'illegal_argument_exception'],
  ['SAML_BASE64', 400, 'security_exception'],
  ['SAML_DEFLATE', 500, 'security_exception'],
  ['SAML_SIGNATURE', 500, 'security_exception'],
  ['SAML_UNSIGNED', 500, 'security_exception'],
])('a refused request ends nothing: %s is %i %s', async (code, status, type) => {
  const node = testNode({ realms: [refusing(code, 'the reason of the realm')] })
  const { accessToken } = await node.login('alice s1')
  const answer = await node.call(path, { query_string: 'alice s1' })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    status,
    type,
    'the reason of the realm',
  ])
  expect(await isAlive(node, accessToken)).toBe(true)
})

test('a refused request leaves one line in the log', async () => {
  const node = testNode({ realms: [refusing('SAML_UNSIGNED', 'Logout request is not signed')] })
  await node.call(path, { query_string: 'SAMLRequest=SECRET' })
  expect(node.logged).toEqual([
    {
      level: 'warn',
      facts: { code: 'SAML_UNSIGNED', action: 'invalidate', realm: 'saml1', trusts: 'https://idp.test' },
      message: 'Logout request is not signed',
    },
  ])
})

test.each<SamlErrorCode>(['SAML_MESSAGE_MISSING', 'SAML_QUERY_MALFORMED'])(
  'the log never quotes the query string, though the answer does: %s',
  async (code) => {
    const node = testNode({ realms: [refusing(code, 'quotes: [SAMLRequest=SECRET]')] })
    const answer = await node.call(path, { query_string: 'SAMLRequest=SECRET' })
    expect(errorOf(answer)['reason']).toBe('quotes: [SAMLRequest=SECRET]')
    expect(node.logged.map(({ message }) => message)).toEqual(['the query string cannot be read'])
  },
)

test.each([
  [{ realm: 'none' }, "realmName='none', assertionConsumerServiceURL='null', url-query=3 chars"],
  [{ acs: 'https://x/' }, "realmName='null', assertionConsumerServiceURL='https://x/', url-query=3 chars"],
])('an unknown realm is refused, and logged as asked for: %j', async (selection, shown) => {
  const node = testNode()
  const answer = await node.call(path, { query_string: 'x=y', ...selection })
  const reason = `Cannot find any matching realm for [SamlInvalidateSessionRequest{${shown}}]`
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'security_exception',
    reason,
  ])
  expect(node.logged).toMatchObject([{ facts: { code: 'SAML_REALM', action: 'invalidate' }, message: reason }])
})

test.each([{}, { query_string: '' }])('a missing or empty query_string is refused: %j', async (body) => {
  const answer = await testNode().call(path, body)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'action_request_validation_exception',
    'Validation Failed: 1: query_string is missing;',
  ])
})

test('case 126: the field of the published guide is unknown, and nothing is suggested', async () => {
  const answer = await testNode().call(path, { query: 'SAMLRequest=x' })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'x_content_parse_exception',
    '[1:2] [saml_invalidate_session] unknown field [query]',
  ])
})

test('the old name works with a Warning, also when the call fails', async () => {
  const node = testNode()
  const warning =
    /^299 Elasticsearch-9\.2\.1-[0-9a-f]{40} "\[saml_invalidate_session\]\[1:2\] Deprecated field \[queryString\] used, expected \[query_string\] instead"$/
  const good = await node.call(path, { queryString: 'alice s1' })
  expect([good.status, good.headers.get('warning')]).toEqual([200, expect.stringMatching(warning)])
  const bad = await node.call(path, { queryString: '' })
  expect([bad.status, bad.headers.get('warning')]).toEqual([400, expect.stringMatching(warning)])
})

test('the new name gets no Warning', async () => {
  expect((await testNode().call(path, { query_string: 'alice s1' })).headers.get('warning')).toBeNull()
})

test('both names at once are refused', async () => {
  const answer = await testNode().call(path, { query_string: 'a', queryString: 'b' })
  expect([answer.status, errorOf(answer)]).toMatchObject([
    400,
    {
      type: 'x_content_parse_exception',
      reason: '[1:35] [saml_invalidate_session] failed to parse field [queryString]',
      caused_by: {
        type: 'illegal_argument_exception',
        reason: 'Must use either [query_string] or [queryString], not both at the same time',
      },
    },
  ])
})

test.each(['realm', 'acs'])('null is no text here: %s', async (name) => {
  const answer = await testNode().call(path, { query_string: 'x', [name]: null })
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    400,
    expect.stringMatching(
      new RegExp(`^\\[1:\\d+\\] \\[saml_invalidate_session\\] ${name} doesn't support values of type: VALUE_NULL$`),
    ),
  ])
})
