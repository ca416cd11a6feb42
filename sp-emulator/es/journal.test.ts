import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import { settableClock } from '#server/clock'
import { cutOffRequest } from '#server/cut-off-request.test-support'
import { createJournal } from '#server/journal/journal'
import type { SamlRealm } from '../realm/saml-realm.ts'
import { createInMemoryTokenStore } from '../tokens/in-memory-token-store.ts'
import { createTokenService } from '../tokens/token-service.ts'
import { fakeRealm } from './fake-realm.test-support.ts'
import { noteTokensEnded } from './note-tokens-ended.ts'
import { basic, bearer, testNode } from './test-node.test-support.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const saml = (name: string) => `POST /_security/saml/${name}`

function witnessedNode(realm: Partial<SamlRealm> = {}, realms = [fakeRealm(realm)]) {
  const clock = settableClock('2031-05-04T12:00:00Z')
  const journal = createJournal()
  const es = journal.of('es', clock)
  const tokens = createTokenService({ store: createInMemoryTokenStore(), clock, ended: noteTokensEnded(es) })
  return { journal, ...testNode({ realms, tokens, clock, journal: es }) }
}

const short = ({ journal }: ReturnType<typeof witnessedNode>) =>
  journal.since().map(({ what, direction = '', accepted = null }) => [what, direction, accepted].join(' '))

const refusing = (code: 'SAML_UNSIGNED' | 'SAML_SIGNATURE' | 'SAML_DESTINATION') => () => {
  throw new SamlError(code, 'no', { expected: 'one', actual: 'other' })
}

test('a login and both kinds of logout stand in the order in which they happened', async () => {
  const node = witnessedNode()
  await node.call(saml('prepare'), { realm: 'saml1' })
  const { accessToken } = await node.login('alice s1')
  await node.call('GET /_security/_authenticate', undefined, bearer(accessToken))
  await node.call(saml('invalidate'), { query_string: 'alice s1', realm: 'saml1' })

  expect(short(node)).toEqual([
    'AuthnRequest sent ',
    'call received true',
    'Response received true',
    'call received true',
    'call received true',
    'LogoutRequest received true',
    'tokensEnded  ',
    'LogoutResponse sent ',
    'call received true',
  ])
})

test('a message of the realm tells its way and whom it goes to, a logout also whose', async () => {
  const node = witnessedNode()
  const { accessToken: token, refreshToken } = await node.login('alice s1')
  const { json } = await node.call(saml('logout'), { token, refresh_token: refreshToken })

  expect(node.journal.since().find(({ what }) => what === 'LogoutRequest')).toMatchObject({
    direction: 'sent',
    from: 'https://saml1.test',
    to: 'https://idp.test',
    binding: 'redirect',
    id: json['id'],
    user: 'alice',
    wire: { method: 'GET', url: json['redirect'] },
  })
})

test('a logout of the application ends a pair by halves, and tells which', async () => {
  const node = witnessedNode()
  const { accessToken: token, refreshToken } = await node.login('alice s1')
  await node.call(saml('logout'), { token, refresh_token: refreshToken })

  const ended = node.journal.since().filter(({ what }) => what === 'tokensEnded')
  const pair = { user: 'alice', count: 1, endedBy: 'samlLogout' }
  expect(ended).toMatchObject([
    { ...pair, tokens: ['refresh'] },
    { ...pair, tokens: ['access'] },
  ])
})

test('what is received tells who it names, and is kept as it came', async () => {
  const node = witnessedNode()
  await node.login('alice s1')
  await node.call(saml('invalidate'), { query_string: 'alice s1', realm: 'saml1' })

  const [login, logout, ended] = node.journal.since().filter(({ what }) => what !== 'call')
  const to = 'https://saml1.test'
  expect(login).toMatchObject({ to, user: 'alice', nameId: 'alice', sessionIndexes: ['s1'], binding: 'post' })
  expect(Buffer.from(login?.document as Buffer).toString()).toBe('alice s1')
  expect(logout).toMatchObject({ to, id: '_request', wire: { method: 'GET', url: `${to}/logout?alice s1` } })
  const both = ['refresh', 'access']
  expect(ended).toMatchObject({ user: 'alice', nameId: 'alice', count: 1, tokens: both, endedBy: 'samlInvalidate' })
})

test.each([
  ['SAML_UNSIGNED', 'none'],
  ['SAML_SIGNATURE', 'invalid'],
  ['SAML_DESTINATION', 'valid'],
] as const)('a refused logout tells the reason and how its signature was: %s', async (code, state) => {
  const node = witnessedNode({ acceptLogoutRequest: refusing(code) })
  await node.call(saml('invalidate'), { query_string: 'alice s1', realm: 'saml1' })

  const refusal = { code, message: 'no', expected: 'one', actual: 'other' }
  const [message, call] = node.journal.since()
  expect(message).toMatchObject({ what: 'LogoutRequest', accepted: false, refusal, signature: { state } })
  expect(call).toMatchObject({ what: 'call', accepted: false, refusal, wire: { body: 'alice s1' } })
  expect(node.logged).toMatchObject([{ facts: { code, seq: 1, trusts: 'https://idp.test' } }])
})

test('a refused login tells the real reason, which its caller is not told', async () => {
  const node = witnessedNode({ authenticate: async () => refusing('SAML_SIGNATURE')() })
  const { text } = await node.call(saml('authenticate'), { content: base64('alice s1'), ids: [] })

  expect(text).not.toContain('SAML_SIGNATURE')
  const [message, call] = node.journal.since()
  expect(message).toMatchObject({ what: 'Response', accepted: false, refusal: { code: 'SAML_SIGNATURE' } })
  expect(call).toMatchObject({ httpStatus: 401, refusal: { code: 'SAML_SIGNATURE', message: 'no' } })
})

test.each([
  [
    'too large',
    413,
    { code: 'TOO_LARGE', message: 'the body of the call is too large' },
    'x'.repeat(1024 * 1024 + 1),
    {},
  ],
  [
    'of another type',
    406,
    { code: 'CALL_REFUSED', message: 'Content-Type header [text/plain] is not supported' },
    '{}',
    { 'content-type': 'text/plain' },
  ],
])('a call whose body is %s tells why it was refused', async (_what, httpStatus, refusal, body, headers) => {
  const node = witnessedNode()
  await node.call(saml('invalidate'), body, headers)
  expect(node.journal.since()).toMatchObject([{ what: 'call', httpStatus, accepted: false, refusal }])
})

test('a call whose body was cut off tells that', async () => {
  const node = witnessedNode()
  await node.es.fetch(cutOffRequest('http://es.test/_security/saml/logout', basic('elastic')))
  const refusal = { code: 'INCOMPLETE', message: 'the connection ended in the middle of the body' }
  expect(node.journal.since()).toMatchObject([{ what: 'call', httpStatus: 400, accepted: false, refusal }])
})

test('a login that one realm accepts is not told as one that others refused', async () => {
  const realms = [
    fakeRealm({ name: 'a', order: 0, authenticate: async () => refusing('SAML_SIGNATURE')() }),
    fakeRealm({ name: 'b', order: 1 }),
  ]
  const node = witnessedNode({}, realms)
  await node.login('alice s1')
  expect(short(node)).toEqual(['Response received true', 'call received true'])
  expect(node.journal.get(1)?.to).toBe('https://b.test')
})

test('a message for a realm that is not there is told, too', async () => {
  const node = witnessedNode()
  await node.call(saml('invalidate'), { query_string: 'alice s1', realm: 'saml2' })
  expect(node.journal.get(1)).toMatchObject({ accepted: false, refusal: { code: 'SAML_REALM' } })
  expect(node.logged).toMatchObject([{ facts: { code: 'SAML_REALM', realm: 'saml2', seq: 1 } }])
})

test('tokens that were dead before are not ended again', async () => {
  const node = witnessedNode()
  const { refreshToken } = await node.login('alice s1')
  const end = () => node.call('DELETE /_security/oauth2/token', { refresh_token: refreshToken })
  await end()
  await end()
  expect(short(node).filter((line) => line.startsWith('tokensEnded'))).toEqual(['tokensEnded  '])
})

test('two that end the same pair at once have ended it once', async () => {
  const node = witnessedNode()
  await node.login('alice s1')
  const invalidate = () => node.call(saml('invalidate'), { query_string: 'alice s1', realm: 'saml1' })
  await Promise.all([invalidate(), invalidate()])
  expect(short(node).filter((line) => line.startsWith('tokensEnded'))).toHaveLength(1)
})

test('no token, password or Authorization ever stands in it', async () => {
  const node = witnessedNode()
  const tokens = await node.login('alice s1')
  await node.call('GET /_security/_authenticate', undefined, bearer(tokens.accessToken))
  await node.call('GET /_security/_authenticate', undefined, bearer('wrong-secret'))
  await node.call('POST /_security/oauth2/token', { grant_type: 'refresh_token', refresh_token: tokens.refreshToken })
  await node.call('POST /_security/oauth2/token', { grant_type: 'password', username: 'elastic', password: 'secret' })
  await node.call('PUT /_security/user/dana', { password: 'very-secret', roles: [] })
  await node.call(saml('logout'), { token: tokens.accessToken, refresh_token: tokens.refreshToken })

  const all = JSON.stringify(node.journal.since())
  for (const secret of [
    tokens.accessToken,
    tokens.refreshToken,
    'wrong-secret',
    'very-secret',
    '"secret"',
    'Bearer ey',
  ]) {
    expect(all).not.toContain(secret)
  }
  expect(node.journal.last).toBeGreaterThan(6)
})
