import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import type { Store } from '#server/store/store'
import { testStores } from '#server/store/stores.test-support'
import type { SessionParticipant } from '../sessions/idp-session.ts'
import { recordAsked } from './change-legs.ts'
import { findAskedLeg, type LogoutRun, startLogoutRun } from './logout-run.ts'
import { createLogoutRunStore } from './logout-run-store.ts'

const orders: SessionParticipant = { spEntityId: 'orders', nameId: { value: 'n' }, sessionIndex: '_1' }
const start = (id: string, participants: readonly SessionParticipant[] = [orders], startedAt = 0) =>
  startLogoutRun({ ...{ id, userName: 'alice', startedAt }, origin: { kind: 'portal' }, participants })
const run = start('run')

const { storeKinds, twoReplicas } = testStores()
const runsIn = (store: Store, clock = settableClock(0)) =>
  createLogoutRunStore(store, { clock, capacity: 10, lifetimeMs: 1_000 })

const ask = (found: LogoutRun, participant: SessionParticipant, id: string) =>
  recordAsked(found, participant, { id, way: 'redirect', at: 5 })

test.each(storeKinds)('%s: a run is found by the LogoutRequest that it sent', async (_kind, newStore) => {
  const runs = runsIn(newStore())
  await runs.add(run)
  const asked = await runs.update('run', (found) => ask(found, orders, '_request'))
  expect(await runs.findByRequestId('_request')).toEqual(asked)
})

test.each(storeKinds)(
  '%s: a run is found by the session that it ended, the newest where one asked again',
  async (_kind, newStore) => {
    const runs = runsIn(newStore())
    const ended = { ...run, sessionIds: ['one', 'two'] }
    await runs.add(ended)
    await runs.add({ ...ended, id: 'again', startedAt: 1, sessionIds: ['two'] })
    await runs.add({ ...ended, id: 'minted', startedAt: 2, origin: { kind: 'minted' } })
    const found = await Promise.all(['one', 'two', 'three'].map(runs.findBySession))
    expect(found.map((each) => each?.id)).toEqual(['run', 'again', undefined])
  },
)

test.each(storeKinds)('%s: a LogoutRequest that nobody sent finds no run', async (_kind, newStore) => {
  const runs = runsIn(newStore())
  await runs.add(run)
  expect(await runs.findByRequestId('_other')).toBeUndefined()
})

test.each(storeKinds)('%s: a run that nobody continues is forgotten', async (_kind, newStore) => {
  const clock = settableClock(0)
  const runs = runsIn(newStore(), clock)
  await runs.add(run)
  clock.set(1_000)
  expect(await runs.find('run')).toBeUndefined()
  expect(await runs.update('run', (found) => found)).toBeUndefined()
})

test.each(storeKinds)('%s: each step gives a run its whole lifetime again', async (_kind, newStore) => {
  const clock = settableClock(0)
  const runs = runsIn(newStore(), clock)
  await runs.add(run)
  clock.set(900)
  await runs.update('run', (found) => ask(found, orders, '_request'))
  clock.set(1_800)
  expect(await runs.findByRequestId('_request')).toBeDefined()
})

test.each(storeKinds)('%s: a run that stays as it is lasts no longer for it', async (_kind, newStore) => {
  const clock = settableClock(0)
  const runs = runsIn(newStore(), clock)
  await runs.add(run)
  clock.set(900)
  expect(await runs.update('run', (found) => found)).toEqual(run)
  clock.set(1_000)
  expect(await runs.find('run')).toBeUndefined()
})

test.each(storeKinds)('%s: as many runs as are kept are found by all their requests', async (_kind, newStore) => {
  const runs = createLogoutRunStore(newStore(), { clock: settableClock(0), capacity: 2, lifetimeMs: 1_000 })
  for (const id of ['one', 'two']) {
    const participants = Array.from({ length: 10 }, (_, index) => ({ ...orders, sessionIndex: `_${index}` }))
    const asked = participants.reduce(
      (found, each, index) => ask(found, each, `_${id}${index}`),
      start(id, participants),
    )
    await runs.add(asked)
  }
  expect((await runs.findByRequestId('_one0'))?.id).toBe('one')
  expect((await runs.findByRequestId('_two9'))?.id).toBe('two')
})

test.each(storeKinds)(
  '%s: a LogoutRequest is known to have been sent when its run is forgotten',
  async (_kind, newStore) => {
    const clock = settableClock(0)
    const runs = runsIn(newStore(), clock)
    await runs.add(run)
    await runs.update('run', (found) => ask(found, orders, '_request'))
    clock.set(5_000)
    expect(await runs.findByRequestId('_request')).toBeUndefined()
    expect(await runs.findSent('_request')).toEqual({ spEntityId: 'orders', at: 5 })
  },
)

test.each(storeKinds)(
  '%s: runs are listed in the order in which they began, and cleared with what they sent',
  async (_kind, newStore) => {
    const runs = runsIn(newStore())
    await runs.add(start('late', [orders], 2))
    await runs.add(ask(start('early', [orders], 1), orders, '_request'))
    await runs.update('early', (found) => ({ ...found, userName: 'bob' }))
    expect((await runs.list()).map(({ id }) => id)).toEqual(['early', 'late'])
    await runs.clear()
    expect([await runs.list(), await runs.findSent('_request')]).toEqual([[], undefined])
  },
)

test('of two replicas that ask the same participant at once, one has asked', async () => {
  const [one, other] = twoReplicas().map((replica) => runsIn(replica.of('idp')))
  await one?.add(run)
  const askOnce = (id: string) => (found: LogoutRun) =>
    found.legs[0]?.state.kind === 'pending' ? ask(found, orders, id) : found
  const seen = await Promise.all([one?.update('run', askOnce('_a')), other?.update('run', askOnce('_b'))])
  const asked = ['_a', '_b'].filter((id, at) => seen[at] && findAskedLeg(seen[at], id) !== undefined)
  expect(asked).toHaveLength(1)
  expect(seen[0]).toEqual(seen[1])
  expect(await one?.findSent(asked[0] === '_a' ? '_b' : '_a')).toBeUndefined()
})
