import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import type { Authentication } from './authentication.ts'
import { createInMemoryTokenStore } from './in-memory-token-store.ts'
import { makeToken } from './token.ts'
import { createTokenService, type TokenService } from './token-service.ts'

const noon = Date.parse('2031-05-04T12:00:00Z')
const minute = 60_000
const day = 24 * 60 * minute
const kibana = { username: 'kibana', realm: 'reserved' }
const aliceMetadata = { nameid: 'alice', session: 's1' }
const wellFormed = makeToken(Buffer.alloc(16, 0xff))

const alice: Authentication = {
  username: 'alice',
  roles: ['viewer'],
  fullName: null,
  email: null,
  metadata: {},
  realm: { name: 'saml1', type: 'saml' },
}

function world() {
  const clock = settableClock(noon)
  let made = 0
  const newToken = () => makeToken(Buffer.alloc(16, made++))
  return { clock, tokens: createTokenService({ store: createInMemoryTokenStore(), clock, newToken }) }
}

const login = (tokens: TokenService, metadata: Record<string, string | null> = aliceMetadata) =>
  tokens.issue({ authentication: alice, client: kibana, metadata })

async function refreshed(tokens: TokenService, refreshToken: string) {
  const result = await tokens.refresh(refreshToken, kibana)
  if (result.kind !== 'refreshed') throw new Error(result.reason)
  return result.tokens
}

const known = (invalidated: number, previouslyInvalidated: number) => ({
  kind: 'known',
  counts: { invalidated, previouslyInvalidated },
})

test('an access token lasts 20 minutes unless told otherwise, to the millisecond', async () => {
  const { clock, tokens } = world()
  const { accessToken, expiresInSeconds } = await login(tokens)
  expect(expiresInSeconds).toBe(1200)
  clock.set(noon + 20 * minute)
  expect(await tokens.authenticate(accessToken)).toMatchObject({ kind: 'live', pair: { authentication: alice } })
  clock.advance(1)
  expect(await tokens.authenticate(accessToken)).toEqual({ kind: 'expired' })
})

test('a configured lifetime holds for the token and for what is said about it', async () => {
  const clock = settableClock(noon)
  const tokens = createTokenService({ store: createInMemoryTokenStore(), clock, accessLifetimeMs: 1_000 })
  const { accessToken, expiresInSeconds } = await login(tokens)
  clock.advance(1_001)
  expect([expiresInSeconds, await tokens.authenticate(accessToken)]).toEqual([1, { kind: 'expired' }])
})

test('an invalidated access token looks like an expired one', async () => {
  const { tokens } = world()
  const { accessToken } = await login(tokens)
  await tokens.invalidateAccessToken(accessToken)
  expect(await tokens.authenticate(accessToken)).toEqual({ kind: 'expired' })
})

test('a refresh token is no bearer token', async () => {
  const { tokens } = world()
  const { refreshToken } = await login(tokens)
  expect(await tokens.authenticate(refreshToken)).toEqual({ kind: 'unknown' })
})

test('the document of a dead access token is still found', async () => {
  const { clock, tokens } = world()
  const { accessToken } = await login(tokens)
  await tokens.invalidateAccessToken(accessToken)
  clock.advance(day)
  expect(await tokens.find(accessToken)).toMatchObject({ kind: 'found', pair: { accessToken } })
})

test('case 101: an access token is invalidated once and was previously invalidated after that', async () => {
  const { tokens } = world()
  const { accessToken } = await login(tokens)
  expect(await tokens.invalidateAccessToken(accessToken)).toEqual(known(1, 0))
  expect(await tokens.invalidateAccessToken(accessToken)).toEqual(known(0, 1))
})

test.each([
  ['access first', ['invalidateAccessToken', 'invalidateRefreshToken']],
  ['refresh first', ['invalidateRefreshToken', 'invalidateAccessToken']],
] as const)('case 102: the halves of a pair are invalidated independently: %s', async (_case, order) => {
  const { tokens } = world()
  const { accessToken, refreshToken } = await login(tokens)
  for (const call of order) {
    expect(await tokens[call](call === 'invalidateAccessToken' ? accessToken : refreshToken)).toEqual(known(1, 0))
  }
})

test('case 103: invalidating by user or realm counts both tokens of every login', async () => {
  const { tokens } = world()
  for (const session of ['1', '2', '3']) await login(tokens, { session })
  expect(await tokens.invalidateOwnedBy({ username: 'alice' })).toEqual({ invalidated: 6, previouslyInvalidated: 0 })
  for (const session of ['4', '5']) await login(tokens, { session })
  expect(await tokens.invalidateOwnedBy({ realm: 'saml1' })).toEqual({ invalidated: 4, previouslyInvalidated: 0 })
})

test('invalidating by user counts the dead half of a live pair as previously invalidated', async () => {
  const { tokens } = world()
  const { accessToken } = await login(tokens)
  await tokens.invalidateAccessToken(accessToken)
  expect(await tokens.invalidateOwnedBy({ username: 'alice' })).toEqual({ invalidated: 1, previouslyInvalidated: 1 })
})

test('case 104: a realm without tokens gives zeros', async () => {
  const { tokens } = world()
  expect(await tokens.invalidateOwnedBy({ realm: 'none' })).toEqual({ invalidated: 0, previouslyInvalidated: 0 })
})

test('case 105: before the first token was issued a well-formed token meets no index', async () => {
  const { tokens } = world()
  expect(await tokens.invalidateAccessToken(wellFormed)).toEqual({ kind: 'no-index' })
  expect(await tokens.invalidateRefreshToken(wellFormed)).toEqual({ kind: 'no-index' })
  expect(await tokens.find(wellFormed)).toEqual({ kind: 'no-index' })
  expect(await tokens.find('garbage')).toEqual({ kind: 'unknown' })
})

test.each([
  ['garbage', '%%%'],
  ['short', 'abc'],
  ['well-formed but unknown', wellFormed],
])('case 106: a token that is %s is unknown', async (_case, token) => {
  const { tokens } = world()
  await login(tokens)
  expect(await tokens.invalidateAccessToken(token)).toEqual({ kind: 'unknown' })
  expect(await tokens.invalidateRefreshToken(token)).toEqual({ kind: 'unknown' })
})

test('case 107: a refresh gives two new tokens for the same user, and the new access token works', async () => {
  const { tokens } = world()
  const old = await login(tokens)
  const fresh = await refreshed(tokens, old.refreshToken)
  expect(new Set([old.accessToken, old.refreshToken, fresh.accessToken, fresh.refreshToken]).size).toBe(4)
  expect(await tokens.authenticate(fresh.accessToken)).toMatchObject({ kind: 'live', pair: { authentication: alice } })
})

test('the old access token works on after a refresh', async () => {
  const { tokens } = world()
  const old = await login(tokens)
  await tokens.refresh(old.refreshToken, kibana)
  expect(await tokens.authenticate(old.accessToken)).toMatchObject({ kind: 'live' })
})

test('case 108: an invalidated refresh token does not refresh', async () => {
  const { tokens } = world()
  const { refreshToken } = await login(tokens)
  await tokens.invalidateRefreshToken(refreshToken)
  expect(await tokens.refresh(refreshToken, kibana)).toEqual({ kind: 'refused', reason: 'token has been invalidated' })
})

test('a refreshed pair answers the identical pair for 30 seconds, on both sides of the first refresh', async () => {
  const { clock, tokens } = world()
  const { refreshToken } = await login(tokens)
  clock.advance(minute)
  const first = await refreshed(tokens, refreshToken)
  clock.advance(30_000)
  expect(await refreshed(tokens, refreshToken)).toEqual(first)
  clock.advance(-60_000)
  expect(await refreshed(tokens, refreshToken)).toEqual(first)
})

test('case 109: a refresh token is used up more than 30 seconds after its first use', async () => {
  const { clock, tokens } = world()
  const { refreshToken } = await login(tokens)
  await tokens.refresh(refreshToken, kibana)
  clock.advance(30_001)
  const reason = 'token has already been refreshed more than 30 seconds in the past'
  expect(await tokens.refresh(refreshToken, kibana)).toEqual({ kind: 'refused', reason })
})

test('a clock that went back more than 30 seconds makes a repeated refresh suspicious', async () => {
  const { clock, tokens } = world()
  const { refreshToken } = await login(tokens)
  await tokens.refresh(refreshToken, kibana)
  clock.advance(-30_001)
  const reason = 'token has been refreshed more than 30 seconds in the future, clock skew too great'
  expect(await tokens.refresh(refreshToken, kibana)).toEqual({ kind: 'refused', reason })
})

test('case 110: many refreshes at once all get the same pair', async () => {
  const { tokens } = world()
  const { refreshToken } = await login(tokens)
  const results = await Promise.all(Array.from({ length: 20 }, () => refreshed(tokens, refreshToken)))
  expect(new Set(results.map((result) => `${result.accessToken} ${result.refreshToken}`)).size).toBe(1)
  expect(await tokens.findActive(aliceMetadata)).toHaveLength(2)
})

test.each([
  ['another user', { username: 'elastic', realm: 'reserved' }],
  ['the same name in another realm', { username: 'kibana', realm: 'default_native' }],
])('only the creating client refreshes, not %s', async (_case, client) => {
  const { tokens } = world()
  const { refreshToken } = await login(tokens)
  const reason = 'tokens must be refreshed by the creating client'
  expect(await tokens.refresh(refreshToken, client)).toEqual({ kind: 'refused', reason })
})

test('a refresh token lasts 24 hours, to the millisecond', async () => {
  const { clock, tokens } = world()
  const [first, second] = [await login(tokens), await login(tokens)]
  clock.set(noon + day)
  expect(await tokens.refresh(first.refreshToken, kibana)).toMatchObject({ kind: 'refreshed' })
  clock.advance(1)
  const reason = 'token document has expired'
  expect(await tokens.refresh(second.refreshToken, kibana)).toEqual({ kind: 'refused', reason })
})

test('an unknown refresh token is refused, whether or not a token was ever issued', async () => {
  const { tokens } = world()
  const refused = { kind: 'refused', reason: 'could not refresh the requested token' }
  expect(await tokens.refresh(wellFormed, kibana)).toEqual(refused)
  await login(tokens)
  expect(await tokens.refresh(wellFormed, kibana)).toEqual(refused)
})

test('case 9: of four pairs exactly those with the same metadata are found', async () => {
  const { tokens } = world()
  await login(tokens, { nameid: 'alice', session: 'other' })
  const expected = [await login(tokens), await login(tokens)].map(({ accessToken }) => accessToken)
  await login(tokens, { nameid: 'bob', session: 's1' })
  const found = await tokens.findActive(aliceMetadata)
  expect(found.map((pair) => pair.accessToken)).toEqual(expected)
})

test('case 10: invalidating a pair ends its refresh token and its access token', async () => {
  const { tokens } = world()
  const { accessToken, refreshToken } = await login(tokens)
  const counts = await tokens.invalidatePairs(await tokens.findActive(aliceMetadata))
  expect(counts).toEqual({ invalidated: 2, previouslyInvalidated: 0 })
  expect(await tokens.refresh(refreshToken, kibana)).toMatchObject({ reason: 'token has been invalidated' })
  expect(await tokens.authenticate(accessToken)).toEqual({ kind: 'expired' })
})

test('case 12: a pair with one live half is found, one with none is not', async () => {
  const { tokens } = world()
  const { accessToken, refreshToken } = await login(tokens)
  await tokens.invalidateAccessToken(accessToken)
  expect(await tokens.findActive(aliceMetadata)).toHaveLength(1)
  await tokens.invalidateRefreshToken(refreshToken)
  expect(await tokens.findActive(aliceMetadata)).toEqual([])
})

test('a pair whose access token expired is found as long as its refresh token lives, 24 hours', async () => {
  const { clock, tokens } = world()
  await login(tokens)
  clock.advance(day)
  expect(await tokens.findActive(aliceMetadata)).toHaveLength(1)
  clock.advance(1)
  expect(await tokens.findActive(aliceMetadata)).toEqual([])
})

test('a refresh keeps the metadata and the old document, so one session has two', async () => {
  const { tokens } = world()
  const { refreshToken } = await login(tokens)
  await tokens.refresh(refreshToken, kibana)
  expect(await tokens.findActive(aliceMetadata)).toHaveLength(2)
})

test('documents older than 24 hours are forgotten with the next invalidation', async () => {
  const { clock, tokens } = world()
  const { accessToken } = await login(tokens)
  clock.advance(day + 1)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  expect(await tokens.find(accessToken)).toEqual({ kind: 'unknown' })
})

test('invalidations less than 30 minutes apart purge once', async () => {
  const { clock, tokens } = world()
  const { accessToken } = await login(tokens)
  clock.advance(day)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  clock.advance(30 * minute - 1)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  expect(await tokens.find(accessToken)).toMatchObject({ kind: 'found' })
  clock.advance(1)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  expect(await tokens.find(accessToken)).toEqual({ kind: 'unknown' })
})

test('an access token can be issued alone; then invalidating its owner counts one token', async () => {
  const { clock, tokens } = world()
  const { accessToken } = await tokens.issueAccessToken({ authentication: alice, client: kibana })
  expect(await tokens.authenticate(accessToken)).toMatchObject({ kind: 'live' })
  expect(await tokens.invalidateOwnedBy({ username: 'alice' })).toEqual({ invalidated: 1, previouslyInvalidated: 0 })
  clock.advance(1)
  expect(await tokens.invalidateOwnedBy({ username: 'alice' })).toEqual({ invalidated: 0, previouslyInvalidated: 0 })
})
