import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import type { Store } from '#server/store/store'
import { testStores } from '#server/store/stores.test-support'
import { createSeenRequests } from './seen-requests.ts'

const { storeKinds, twoReplicas } = testStores()
const seenIn = (store: Store, clock = settableClock(0)) => createSeenRequests(store, { clock, capacity: 10 })
const request = { spEntityId: 'orders', id: '_1' }

test.each(storeKinds)('%s: a LogoutRequest is acted upon once, until its time is over', async (_kind, newStore) => {
  const clock = settableClock(0)
  const seen = seenIn(newStore(), clock)
  expect([await seen.has(request), await seen.add(request, 1_000)]).toEqual([false, true])
  clock.set(999)
  expect([await seen.has(request), await seen.add(request, 5_000)]).toEqual([true, false])
  clock.set(1_000)
  expect([await seen.has(request), await seen.add(request, 5_000)]).toEqual([false, true])
})

test.each(storeKinds)(
  '%s: the same ID of another sender is another request, and the oldest stands first',
  async (_kind, newStore) => {
    const seen = seenIn(newStore())
    const others = [
      { spEntityId: 'reports', id: '_1' },
      { spEntityId: 'orders', id: '_2' },
    ]
    for (const each of [request, ...others]) expect(await seen.add(each, 1_000)).toBe(true)
    expect(await seen.list()).toEqual([request, ...others])
    await seen.clear()
    expect([await seen.list(), await seen.has(request)]).toEqual([[], false])
  },
)

test('of replicas that receive the same request at once, one acts upon it', async () => {
  const [one, other] = twoReplicas().map((replica) => seenIn(replica.of('idp')))
  const first = await Promise.all([one?.add(request, 1_000), other?.add(request, 1_000), one?.add(request, 1_000)])
  expect(first.filter(Boolean)).toHaveLength(1)
})
