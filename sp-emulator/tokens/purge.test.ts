import { expect, test } from 'vitest'
import { day, login, minute, tokenWorld } from './token-world.test-support.ts'

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
