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
