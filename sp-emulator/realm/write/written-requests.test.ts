import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { WrittenRequests } from './written-requests.ts'

test('the newest thousand requests are remembered, and nothing of what was not written', () => {
  const written = new WrittenRequests(settableClock(7))
  for (let each = 0; each <= 1_000; each += 1) written.note('AuthnRequest', { id: `_${each}` })
  expect(written.note('LogoutRequest', undefined)).toBeUndefined()
  const all = written.list()
  expect([all.length, all[0]]).toEqual([1_000, { id: '_1', kind: 'AuthnRequest', at: 7 }])
})
