import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import type { SessionParticipant } from '../sessions/idp-session.ts'
import { recordAsked } from './change-legs.ts'
import { type LogoutRun, startLogoutRun } from './logout-run.ts'
import { createMemoryLogoutRunStore } from './logout-run-store.ts'

const orders: SessionParticipant = { spEntityId: 'orders', nameId: { value: 'n' }, sessionIndex: '_1' }
const run = startLogoutRun({
  id: 'run',
  userName: 'alice',
  origin: { kind: 'portal' },
  startedAt: 0,
  participants: [orders],
})
const store = (clock = settableClock(0)) => createMemoryLogoutRunStore({ clock, capacity: 10, lifetimeMs: 1_000 })

const ask = (found: LogoutRun, participant: SessionParticipant, id: string) =>
  recordAsked(found, participant, { id, way: 'redirect', at: 0 })

test('a run is found by the LogoutRequest that it sent', async () => {
  const runs = store()
  await runs.add(run)
  const asked = await runs.update('run', (found) => ask(found, orders, '_request'))
  expect(await runs.findByRequestId('_request')).toEqual(asked)
})

test('a LogoutRequest that nobody sent finds no run', async () => {
  const runs = store()
  await runs.add(run)
  expect(await runs.findByRequestId('_other')).toBeUndefined()
})

test('a run that nobody continues is forgotten', async () => {
  const clock = settableClock(0)
  const runs = store(clock)
  await runs.add(run)
  clock.set(1_000)
  expect(await runs.find('run')).toBeUndefined()
  expect(await runs.update('run', (found) => found)).toBeUndefined()
})

test('each step gives a run its whole lifetime again', async () => {
  const clock = settableClock(0)
  const runs = store(clock)
  await runs.add(run)
  clock.set(900)
  await runs.update('run', (found) => ask(found, orders, '_request'))
  clock.set(1_800)
  expect(await runs.findByRequestId('_request')).toBeDefined()
})

test('a run that stays as it is lasts no longer for it', async () => {
  const clock = settableClock(0)
  const runs = store(clock)
  await runs.add(run)
  clock.set(900)
  expect(await runs.update('run', (found) => found)).toBe(run)
  clock.set(1_000)
  expect(await runs.find('run')).toBeUndefined()
})

test('as many runs as are kept are found by their requests, when each has ten', async () => {
  const runs = createMemoryLogoutRunStore({ clock: settableClock(0), capacity: 2, lifetimeMs: 1_000 })
  for (const id of ['one', 'two']) {
    const participants = Array.from({ length: 10 }, (_, index) => ({ ...orders, sessionIndex: `_${index}` }))
    const started = startLogoutRun({ id, userName: 'alice', origin: { kind: 'portal' }, startedAt: 0, participants })
    const asked = participants.reduce((found, each, index) => ask(found, each, `_${id}${index}`), started)
    await runs.add(asked)
  }
  expect((await runs.findByRequestId('_one0'))?.id).toBe('one')
  expect((await runs.findByRequestId('_two9'))?.id).toBe('two')
})
