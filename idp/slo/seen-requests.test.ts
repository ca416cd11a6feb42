import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import type { Store } from '#server/store/store'
import { testStores } from '#server/store/stores.test-support'
import { createSeenRequests } from './seen-requests.ts'

const { storeKinds, twoReplicas } = testStores()
const seenIn = (store: Store, clock = settableClock(0)) => createSeenRequests(store, { clock, capacity: 10 })
const request = { spEntityId: 'orders', id: '_1' }

const as = (runId: string, until = 1_000) => ({ runId, until })
const first = { runId: 'one', isFirst: true, isFinished: false }

test.each(storeKinds)(
  '%s: a LogoutRequest that is finished counts as seen, until its time is over',
  async (_kind, newStore) => {
    const clock = settableClock(0)
    const seen = seenIn(newStore(), clock)
    expect(await seen.begin(request, as('one'))).toEqual(first)
    expect([await seen.has(request), await seen.finish(request), await seen.has(request)]).toEqual([false, true, true])
    clock.set(999)
    expect(await seen.begin(request, as('other', 5_000))).toEqual({ runId: 'one', isFirst: false, isFinished: true })
    clock.set(1_000)
    expect([await seen.has(request), await seen.begin(request, as('one', 5_000))]).toEqual([false, first])
  },
)

test.each(storeKinds)(
  '%s: a LogoutRequest that is not finished is gone on with, by the run that was named first',
  async (_kind, newStore) => {
    const seen = seenIn(newStore())
    await seen.begin(request, as('one'))
    expect(await seen.begin(request, as('other'))).toEqual({ runId: 'one', isFirst: false, isFinished: false })
  },
)

test('a LogoutRequest that a release remembered which named no run counts as seen', async () => {
  const [replica] = twoReplicas()
  const [store, clock] = [replica.of('idp'), settableClock(0)]
  const asBefore = store.records({ name: 'seen-requests', clock, capacity: 10, isBrief: true })
  await asBefore.set(JSON.stringify(['orders', '_1']), request, 1_000)
  const seen = seenIn(store, clock)
  expect(await seen.begin(request, as('one'))).toEqual({ runId: 'one', isFirst: false, isFinished: true })
  expect([await seen.has(request), await seen.finish(request)]).toEqual([true, false])
})

test.each(storeKinds)(
  '%s: the same ID of another sender is another request, and the oldest stands first',
  async (_kind, newStore) => {
    const seen = seenIn(newStore())
    const others = [
      { spEntityId: 'reports', id: '_1' },
      { spEntityId: 'orders', id: '_2' },
    ]
    for (const each of [request, ...others]) expect(await seen.begin(each, as('one'))).toEqual(first)
    await seen.finish(request)
    expect(await seen.list()).toEqual([request, ...others])
    await seen.clear()
    expect([await seen.list(), await seen.has(request)]).toEqual([[], false])
  },
)

test('of replicas that receive the same request at once one is the first, and one finishes it', async () => {
  const [one, other] = twoReplicas().map((replica) => seenIn(replica.of('idp')))
  const all = [one, other, one]
  const begun = await Promise.all(all.map((seen, at) => seen?.begin(request, as(`${at}`))))
  expect(begun.filter((attempt) => attempt?.isFirst)).toHaveLength(1)
  expect(new Set(begun.map((attempt) => attempt?.runId)).size).toBe(1)
  const finished = await Promise.all(all.map((seen) => seen?.finish(request)))
  expect(finished.filter(Boolean)).toHaveLength(1)
})
