import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { createInMemoryTokenStore } from './in-memory-token-store.ts'
import { createTokenService } from './token-service.ts'
import { alice, day, login, minute, noon, tokenWorld } from './token-world.test-support.ts'

test('a refresh token is no bearer token', async () => {
  const { tokens } = tokenWorld()
  const { refreshToken } = await login(tokens)
  expect(await tokens.authenticate(refreshToken)).toEqual({ kind: 'unknown' })
})

test('an access token lasts 20 minutes unless told otherwise, to the millisecond', async () => {
  const { clock, tokens } = tokenWorld()
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
  const { tokens } = tokenWorld()
  const { accessToken } = await login(tokens)
  await tokens.invalidateAccessToken(accessToken)
  expect(await tokens.authenticate(accessToken)).toEqual({ kind: 'expired' })
})

test('the document of a dead access token is still found', async () => {
  const { clock, tokens } = tokenWorld()
  const { accessToken } = await login(tokens)
  await tokens.invalidateAccessToken(accessToken)
  clock.advance(day)
  expect(await tokens.find(accessToken)).toMatchObject({ kind: 'found', pair: { accessToken } })
})
