import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { createInMemoryTokenStore } from '../../../tokens/in-memory-token-store.ts'
import { createTokenService } from '../../../tokens/token-service.ts'
import { basic, bearer, errorOf, type TestNode, testNode } from '../../test-node.test-support.ts'

const minute = 60_000
const day = 24 * 60 * minute

const whoAmI = (node: TestNode, token: string) => node.call('GET /_security/_authenticate', undefined, bearer(token))
const refresh = (node: TestNode, token: string, caller = 'elastic') =>
  node.call('POST /_security/oauth2/token', { grant_type: 'refresh_token', refresh_token: token }, basic(caller))
const end = (node: TestNode, body: object) => node.call('DELETE /_security/oauth2/token', body)
const invalidGrant = (description: string) => ({
  status: 400,
  json: { error: 'invalid_grant', error_description: description },
})

test('an access token works through the last millisecond of its 20 minutes, and then is expired', async () => {
  const node = testNode()
  const { accessToken } = await node.login()
  node.clock.advance(20 * minute)
  expect((await whoAmI(node, accessToken)).status).toBe(200)
  node.clock.advance(1)
  const answer = await whoAmI(node, accessToken)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([401, 'token expired'])
})

test.each([
  [1_000, 1],
  [3_600_000, 3_600],
])('a token.timeout of %i ms is what expires_in says', async (accessLifetimeMs, seconds) => {
  const clock = settableClock('2031-05-04T12:00:00Z')
  const node = testNode({ tokens: createTokenService({ store: createInMemoryTokenStore(), clock, accessLifetimeMs }) })
  const { json } = await node.call('POST /_security/oauth2/token', { grant_type: 'client_credentials' })
  expect(json['expires_in']).toBe(seconds)
  clock.advance(accessLifetimeMs)
  expect((await whoAmI(node, String(json['access_token']))).status).toBe(200)
  clock.advance(1)
  expect((await whoAmI(node, String(json['access_token']))).status).toBe(401)
})

test('a refresh token lives through the last millisecond of 24 hours', async () => {
  const node = testNode()
  const [first, second] = [await node.login(), await node.login()]
  node.clock.advance(day)
  expect((await refresh(node, first.refreshToken)).status).toBe(200)
  node.clock.advance(1)
  expect(await refresh(node, second.refreshToken)).toMatchObject(invalidGrant('token document has expired'))
})

test.each([
  ['the access token first', ['token', 'refresh_token']],
  ['the refresh token first', ['refresh_token', 'token']],
])('case 102: the halves of a pair are ended one by one, %s', async (_case, order) => {
  const node = testNode()
  const { accessToken: token, refreshToken: refresh_token } = await node.login()
  const named: Record<string, string> = { token, refresh_token }
  for (const name of order) {
    const { status, json } = await end(node, { [name]: named[name] })
    expect([status, json]).toEqual([200, { invalidated_tokens: 1, previously_invalidated_tokens: 0, error_count: 0 }])
  }
})

test('case 107: both tokens of a refresh are new, and the new access token works beside the old', async () => {
  const node = testNode()
  const old = await node.login()
  const { json } = await refresh(node, old.refreshToken)
  const tokens = [old.accessToken, old.refreshToken, json['access_token'], json['refresh_token']].map(String)
  expect(new Set(tokens).size).toBe(4)
  expect((await whoAmI(node, String(json['access_token']))).json['username']).toBe('alice')
  expect((await whoAmI(node, old.accessToken)).status).toBe(200)
})

test('case 108: a refresh token that was ended is an invalid grant', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  await end(node, { refresh_token: refreshToken })
  expect(await refresh(node, refreshToken)).toMatchObject(invalidGrant('token has been invalidated'))
})

test('case 109: a second refresh gets the identical pair for 30 seconds, and not a millisecond longer', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  const first = await refresh(node, refreshToken)
  node.clock.advance(30_000)
  expect((await refresh(node, refreshToken)).text).toBe(first.text)
  node.clock.advance(1)
  expect(await refresh(node, refreshToken)).toMatchObject(
    invalidGrant('token has already been refreshed more than 30 seconds in the past'),
  )
})

test('a clock that went back more than 30 seconds behind the refresh is told', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  await refresh(node, refreshToken)
  node.clock.advance(-30_000)
  expect((await refresh(node, refreshToken)).status).toBe(200)
  node.clock.advance(-1)
  expect(await refresh(node, refreshToken)).toMatchObject(
    invalidGrant('token has been refreshed more than 30 seconds in the future, clock skew too great'),
  )
})

test('case 110: fifty refreshes at once get one pair', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(node, refreshToken)))
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect(answers[0]?.status).toBe(200)
})

test('another service user may not refresh, also not within the 30 seconds', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  const strangers = invalidGrant('tokens must be refreshed by the creating client')
  expect(await refresh(node, refreshToken, 'kibana_system')).toMatchObject(strangers)
  expect((await refresh(node, refreshToken)).status).toBe(200)
  expect(await refresh(node, refreshToken, 'kibana_system')).toMatchObject(strangers)
})

test('what an invalid refresh token is judged for first: age, then its end, then the client', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  await end(node, { refresh_token: refreshToken })
  expect(await refresh(node, refreshToken, 'kibana_system')).toMatchObject(invalidGrant('token has been invalidated'))
  node.clock.advance(day + 1)
  expect(await refresh(node, refreshToken, 'kibana_system')).toMatchObject(invalidGrant('token document has expired'))
})

test('counts differ: the token call counts tokens, the SAML call pairs', async () => {
  const node = testNode()
  await node.login('alice s1')
  await node.login('bob s2')
  const saml = await node.call('POST /_security/saml/invalidate', { realm: 'saml1', query_string: 'alice s1' })
  expect(saml.json['invalidated']).toBe(1)
  expect((await end(node, { realm_name: 'saml1' })).json['invalidated_tokens']).toBe(2)
})

test('a token older than 24 hours is forgotten by an invalidation, the next at the earliest 30 minutes later', async () => {
  const node = testNode()
  const { accessToken: first } = await node.login()
  node.clock.advance(1)
  const { accessToken: second } = await node.login()
  node.clock.advance(day)
  await end(node, { username: 'nobody' })
  expect((await end(node, { token: first })).status).toBe(404)
  node.clock.advance(30 * minute - 1)
  expect((await end(node, { token: second })).status).toBe(200)
  node.clock.advance(1)
  await end(node, { username: 'nobody' })
  expect((await end(node, { token: second })).status).toBe(404)
})
