import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import type { SsoTask } from './sso-task.ts'
import { createSsoTaskStore } from './sso-task-store.ts'

const makeStore = (clock = settableClock(0)) => {
  let made = 0
  return createSsoTaskStore({ clock, newId: () => `_${++made}`, lifetimeMs: 1_000, capacity: 3 })
}
const login = (requestId: string | undefined, given: Partial<SsoTask> = {}): Omit<SsoTask, 'id'> => {
  const request = requestId === undefined ? undefined : { id: requestId, issueInstant: 0 }
  return { spEntityId: 'orders', signed: false, acsUrl: 'https://orders.test/acs', relayState: 'r', request, ...given }
}

test('a login is taken once', () => {
  const tasks = makeStore()
  const { id } = tasks.add(login('_a'))
  expect(tasks.take(id)).toEqual({ ...login('_a'), id })
  expect(tasks.take(id)).toBeUndefined()
})

test('a login that is put back can be taken again', () => {
  const tasks = makeStore()
  const task = tasks.add(login('_a'))
  tasks.take(task.id)
  tasks.putBack(task)
  expect(tasks.take(task.id)).toEqual(task)
})

// cases/robustness.md E1
test('the same AuthnRequest again is the same login, and pushes out nobody', () => {
  const tasks = makeStore()
  const { id: other } = tasks.add(login('_other'))
  const ids = Array.from({ length: 50 }, () => tasks.add(login('_a')).id)
  expect(new Set(ids).size).toBe(1)
  expect(tasks.take(other)).toBeDefined()
})

test.each<[string, Omit<SsoTask, 'id'>]>([
  ['RelayState', login('_a', { relayState: 's' })],
  ['service provider', login('_a', { spEntityId: 'reports' })],
  ['address', login('_a', { acsUrl: 'https://orders.test/other' })],
  ['vouching signature', login('_a', { signed: true })],
  ['ID', login('_b')],
])('an AuthnRequest with another %s is another login', (_part, other) => {
  const tasks = makeStore()
  expect(tasks.add(other).id).not.toBe(tasks.add(login('_a')).id)
})

test('logins from the portal, which have no request, are never the same', () => {
  const tasks = makeStore()
  expect(tasks.add(login(undefined)).id).not.toBe(tasks.add(login(undefined)).id)
})

// cases/robustness.md E1
test('what strangers can send pushes out only what strangers can send', () => {
  const tasks = makeStore()
  const signed = tasks.add(login('_signed', { signed: true }))
  const unsigned = tasks.add(login('_unsigned'))
  for (const each of ['_1', '_2', '_3']) tasks.add(login(each))
  expect(tasks.take(unsigned.id)).toBeUndefined()
  expect(tasks.take(signed.id)).toEqual(signed)
})

test('a login that was taken may be asked for again, under another id', () => {
  const tasks = makeStore()
  const { id } = tasks.add(login('_a'))
  tasks.take(id)
  expect(tasks.add(login('_a')).id).not.toBe(id)
})

test('a login is forgotten when its time is over', () => {
  const clock = settableClock(0)
  const tasks = makeStore(clock)
  const { id } = tasks.add(login('_a'))
  clock.set(1_000)
  expect(tasks.take(id)).toBeUndefined()
})
