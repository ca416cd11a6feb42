import { expect, test } from 'vitest'
import type { IssuedTokens } from './issue.ts'
import type { TokenService } from './token-service.ts'
import {
  alice,
  aliceMetadata,
  day,
  kibana,
  login,
  minute,
  noon,
  tokenWorld,
  unissuedToken,
} from './token-world.test-support.ts'

async function refreshed(tokens: TokenService, refreshToken: string): Promise<IssuedTokens> {
  const result = await tokens.refresh(refreshToken, kibana)
  if (result.kind !== 'refreshed') throw new Error(result.reason)
  return result.tokens
}

test('case 107: a refresh gives two new tokens for the same user, and the new access token works', async () => {
  const { tokens } = tokenWorld()
  const old = await login(tokens)
  const fresh = await refreshed(tokens, old.refreshToken)
  expect(new Set([old.accessToken, old.refreshToken, fresh.accessToken, fresh.refreshToken]).size).toBe(4)
  expect(await tokens.authenticate(fresh.accessToken)).toMatchObject({ kind: 'live', pair: { authentication: alice } })
})

test('the old access token works on after a refresh', async () => {
  const { tokens } = tokenWorld()
  const old = await login(tokens)
  await tokens.refresh(old.refreshToken, kibana)
  expect(await tokens.authenticate(old.accessToken)).toMatchObject({ kind: 'live' })
})

test('case 108: an invalidated refresh token does not refresh', async () => {
  const { tokens } = tokenWorld()
  const { refreshToken } = await login(tokens)
  await tokens.invalidateRefreshToken(refreshToken)
  expect(await tokens.refresh(refreshToken, kibana)).toEqual({ kind: 'refused', reason: 'token has been invalidated' })
})

test('a refreshed pair answers the identical pair for 30 seconds, on both sides of the first refresh', async () => {
  const { clock, tokens } = tokenWorld()
  const { refreshToken } = await login(tokens)
  clock.advance(minute)
  const first = await refreshed(tokens, refreshToken)
  clock.advance(30_000)
  expect(await refreshed(tokens, refreshToken)).toEqual(first)
  clock.advance(-60_000)
  expect(await refreshed(tokens, refreshToken)).toEqual(first)
})

test('case 109: a refresh token is used up more than 30 seconds after its first use', async () => {
  const { clock, tokens } = tokenWorld()
  const { refreshToken } = await login(tokens)
  await tokens.refresh(refreshToken, kibana)
  clock.advance(30_001)
  const reason = 'token has already been refreshed more than 30 seconds in the past'
  expect(await tokens.refresh(refreshToken, kibana)).toEqual({ kind: 'refused', reason })
})

// cases/robustness N6
test('a refresh token that was used just now answers the pair it made, dead as it is when that one has been logged out', async () => {
  const { tokens } = tokenWorld()
  const { refreshToken } = await login(tokens)
  const first = await refreshed(tokens, refreshToken)
  await tokens.invalidateRefreshToken(first.refreshToken)
  await tokens.invalidateAccessToken(first.accessToken)
  expect(await refreshed(tokens, refreshToken)).toEqual(first)
  const reason = 'token has been invalidated'
  expect(await tokens.refresh(first.refreshToken, kibana)).toEqual({ kind: 'refused', reason })
})

test('a clock that went back more than 30 seconds makes a repeated refresh suspicious', async () => {
  const { clock, tokens } = tokenWorld()
  const { refreshToken } = await login(tokens)
  await tokens.refresh(refreshToken, kibana)
  clock.advance(-30_001)
  const reason = 'token has been refreshed more than 30 seconds in the future, clock skew too great'
  expect(await tokens.refresh(refreshToken, kibana)).toEqual({ kind: 'refused', reason })
})

test('case 110: many refreshes at once all get the same pair', async () => {
  const { tokens } = tokenWorld()
  const { refreshToken } = await login(tokens)
  const results = await Promise.all(Array.from({ length: 20 }, () => refreshed(tokens, refreshToken)))
  expect(new Set(results.map((result) => `${result.accessToken} ${result.refreshToken}`)).size).toBe(1)
  expect(await tokens.findActive(aliceMetadata)).toHaveLength(2)
})

test.each([
  ['another user', { username: 'elastic', realm: 'reserved' }],
  ['the same name in another realm', { username: 'kibana', realm: 'default_native' }],
])('only the creating client refreshes, not %s', async (_case, client) => {
  const { tokens } = tokenWorld()
  const { refreshToken } = await login(tokens)
  const reason = 'tokens must be refreshed by the creating client'
  expect(await tokens.refresh(refreshToken, client)).toEqual({ kind: 'refused', reason })
})

test('a refresh token lasts 24 hours, to the millisecond', async () => {
  const { clock, tokens } = tokenWorld()
  const [first, second] = [await login(tokens), await login(tokens)]
  clock.set(noon + day)
  expect(await tokens.refresh(first.refreshToken, kibana)).toMatchObject({ kind: 'refreshed' })
  clock.advance(1)
  const reason = 'token document has expired'
  expect(await tokens.refresh(second.refreshToken, kibana)).toEqual({ kind: 'refused', reason })
})

test('an unknown refresh token is refused, whether or not a token was ever issued', async () => {
  const { tokens } = tokenWorld()
  const refused = { kind: 'refused', reason: 'could not refresh the requested token' }
  expect(await tokens.refresh(unissuedToken, kibana)).toEqual(refused)
  await login(tokens)
  expect(await tokens.refresh(unissuedToken, kibana)).toEqual(refused)
})

test.each(['refresh first', 'invalidation first'])(
  'a refresh and an invalidation at once leave no pair alive, however they are aligned: %s (cases/robustness N3)',
  async (order) => {
    const { tokens } = tokenWorld()
    const invalidate = () => tokens.invalidateMatching(aliceMetadata)
    for (let delay = 0; delay < 20; delay++) {
      const { refreshToken } = await login(tokens)
      const both = [() => tokens.refresh(refreshToken, kibana), invalidate]
      const [first, second] = order === 'refresh first' ? both : both.toReversed()
      const begun = first?.()
      for (let each = 0; each < delay; each++) await undefined
      await Promise.all([begun, second?.()])
      expect(await tokens.findActive(aliceMetadata), `${delay} microtasks apart`).toEqual([])
    }
  },
)
