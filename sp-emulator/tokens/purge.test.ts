import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { createInMemoryTokenStore } from './in-memory-token-store.ts'
import { createTokenService } from './token-service.ts'
import { day, login, minute, noon, tokenWorld } from './token-world.test-support.ts'

test('documents older than 24 hours are forgotten with the next invalidation', async () => {
  const { clock, tokens } = tokenWorld()
  const { accessToken } = await login(tokens)
  clock.advance(day + 1)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  expect(await tokens.find(accessToken)).toEqual({ kind: 'unknown' })
})

test('invalidations less than 30 minutes apart purge once', async () => {
  const { clock, tokens } = tokenWorld()
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

test('the interval between purges can be set', async () => {
  const clock = settableClock(noon)
  const store = createInMemoryTokenStore()
  const tokens = createTokenService({ store, clock, purgeIntervalMs: minute })
  const { accessToken } = await login(tokens)
  clock.advance(day)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  clock.advance(minute - 1)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  expect(await tokens.find(accessToken)).toMatchObject({ kind: 'found' })
  clock.advance(1)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  expect(await tokens.find(accessToken)).toEqual({ kind: 'unknown' })
})

test('a forgotten document stays forgotten when the clock is set back', async () => {
  const { clock, tokens } = tokenWorld()
  const { accessToken, refreshToken } = await login(tokens)
  clock.advance(day + 1)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  clock.set(noon)
  expect(await tokens.authenticate(accessToken)).toEqual({ kind: 'unknown' })
  expect(await tokens.invalidateRefreshToken(refreshToken)).toEqual({ kind: 'unknown' })
})

test('an invalidated token stays invalidated when the clock is set back, and one that only expired lives again, as at a node', async () => {
  const { clock, tokens } = tokenWorld()
  const [ended, left] = [await login(tokens), await login(tokens)]
  await tokens.invalidateAccessToken(ended.accessToken)
  clock.advance(20 * minute + 1)
  expect(await tokens.authenticate(left.accessToken)).toEqual({ kind: 'expired' })
  clock.set(noon)
  expect(await tokens.authenticate(ended.accessToken)).toEqual({ kind: 'expired' })
  expect(await tokens.authenticate(left.accessToken)).toMatchObject({ kind: 'live' })
})

test('documents from before a clock was set back do not keep younger ones from being forgotten', async () => {
  const { clock, tokens } = tokenWorld()
  clock.advance(10 * day)
  const { accessToken: ofTheFuture } = await login(tokens)
  clock.set(noon)
  const { accessToken } = await login(tokens)
  clock.advance(day + 1)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  expect(await tokens.find(accessToken)).toEqual({ kind: 'unknown' })
  expect(await tokens.find(ofTheFuture)).toMatchObject({ kind: 'found' })
})

test('documents are forgotten also when the last purge was at a later time than now', async () => {
  const { clock, tokens } = tokenWorld()
  clock.advance(10 * day)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  clock.set(noon)
  const { accessToken } = await login(tokens)
  clock.advance(day + 1)
  await tokens.invalidateOwnedBy({ username: 'nobody' })
  expect(await tokens.find(accessToken)).toEqual({ kind: 'unknown' })
})
