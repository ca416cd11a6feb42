import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { newId } from '#server/ids'
import { createMemoryStore, type Store } from '#server/store/store'
import { testStores } from '#server/store/stores.test-support'
import type { SsoTask } from './sso-task.ts'
import { createSsoTaskStore } from './sso-task-store.ts'

const { storeKinds, twoReplicas } = testStores()

/** Room for three of each; a shared store has room for a hundred times as many. */
const tasksIn = (store: Store, { kind = 'memory', clock = settableClock(0) } = {}) =>
  createSsoTaskStore(store, { clock, newId, lifetimeMs: 1_000, capacity: kind === 'memory' ? 3 : 3 / 100 })
const login = (requestId: string | undefined, given: Partial<SsoTask> = {}): Omit<SsoTask, 'id'> => {
  const request = requestId === undefined ? undefined : { id: requestId, issueInstant: 0 }
  return { spEntityId: 'orders', signed: false, acsUrl: 'https://orders.test/acs', relayState: 'r', request, ...given }
}

test.each(storeKinds)('%s: a login is taken once', async (_kind, newStore) => {
  const tasks = tasksIn(newStore())
  const { id } = await tasks.add(login('_a'))
  expect(await tasks.take(id)).toEqual({ ...login('_a'), id })
  expect(await tasks.take(id)).toBeUndefined()
})

test.each(storeKinds)('%s: a login that is put back can be taken again', async (_kind, newStore) => {
  const tasks = tasksIn(newStore())
  const task = await tasks.add(login('_a'))
  await tasks.take(task.id)
  await tasks.putBack(task)
  expect(await tasks.take(task.id)).toEqual(task)
})

// cases/robustness.md E1
test.each(storeKinds)(
  '%s: the same AuthnRequest again is the same login, and pushes out nobody',
  async (kind, newStore) => {
    const tasks = tasksIn(newStore(), { kind })
    const { id: other } = await tasks.add(login('_other'))
    const added = await Promise.all(Array.from({ length: 50 }, () => tasks.add(login('_a'))))
    const ids = added.map(({ id }) => id)
    expect(new Set(ids).size).toBe(1)
    expect(await tasks.take(other)).toBeDefined()
  },
)

test.each<[string, Omit<SsoTask, 'id'>]>([
  ['RelayState', login('_a', { relayState: 's' })],
  ['service provider', login('_a', { spEntityId: 'reports' })],
  ['address', login('_a', { acsUrl: 'https://orders.test/other' })],
  ['vouching signature', login('_a', { signed: true })],
  ['ID', login('_b')],
])('an AuthnRequest with another %s is another login', async (_part, other) => {
  const tasks = tasksIn(createMemoryStore())
  const [one, another] = [await tasks.add(other), await tasks.add(login('_a'))]
  expect(one.id).not.toBe(another.id)
})

test.each(storeKinds)(
  '%s: logins from the portal, which have no request, are never the same',
  async (_kind, newStore) => {
    const tasks = tasksIn(newStore())
    const [one, another] = [await tasks.add(login(undefined)), await tasks.add(login(undefined))]
    expect(one.id).not.toBe(another.id)
  },
)

// cases/robustness.md E1
test.each(storeKinds)('%s: what strangers can send pushes out only what strangers can send', async (kind, newStore) => {
  const tasks = tasksIn(newStore(), { kind })
  const signed = await tasks.add(login('_signed', { signed: true }))
  const unsigned = await tasks.add(login('_unsigned'))
  for (const each of ['_1', '_2', '_3']) await tasks.add(login(each))
  expect(await tasks.take(unsigned.id)).toBeUndefined()
  expect(await tasks.take(signed.id)).toEqual(signed)
})

test.each(storeKinds)(
  '%s: a login that was taken may be asked for again, under another id',
  async (_kind, newStore) => {
    const tasks = tasksIn(newStore())
    const { id } = await tasks.add(login('_a'))
    await tasks.take(id)
    expect((await tasks.add(login('_a'))).id).not.toBe(id)
  },
)

test.each(storeKinds)('%s: a login is forgotten when its time is over', async (_kind, newStore) => {
  const clock = settableClock(0)
  const tasks = tasksIn(newStore(), { clock })
  const { id } = await tasks.add(login('_a'))
  clock.set(1_000)
  expect(await tasks.take(id)).toBeUndefined()
})

test.each(storeKinds)(
  '%s: a login that is only looked at stays, and under the id of an earlier one it is not there',
  async (_kind, newStore) => {
    const tasks = tasksIn(newStore())
    const { id: earlier } = await tasks.add(login('_a'))
    await tasks.take(earlier)
    const { id } = await tasks.add(login('_a'))
    expect([await tasks.find(earlier), await tasks.take(earlier)]).toEqual([undefined, undefined])
    expect(await tasks.find(id)).toEqual({ ...login('_a'), id })
    expect(await tasks.take(id)).toEqual({ ...login('_a'), id })
  },
)

test.each(storeKinds)('%s: of all who take a login at once, one has it', async (_kind, newStore) => {
  const tasks = tasksIn(newStore())
  const { id } = await tasks.add(login('_a'))
  const taken = await Promise.all([1, 2, 3, 4].map(() => tasks.take(id)))
  expect(taken.filter((task) => task !== undefined)).toEqual([{ ...login('_a'), id }])
})

test.each(storeKinds)(
  '%s: an old page keeps nobody from taking the login that stands there now',
  async (_kind, newStore) => {
    const tasks = tasksIn(newStore())
    const old = await tasks.add(login('_a'))
    await tasks.take(old.id)
    const current = await tasks.add(login('_a'))
    expect(await Promise.all([tasks.take(old.id), tasks.take(current.id)])).toEqual([undefined, current])
  },
)

test('the same AuthnRequest at two replicas at once is one login, which one of them answers', async () => {
  const [one, other] = twoReplicas().map((replica) => tasksIn(replica.of('idp')))
  const added = await Promise.all([one?.add(login('_a')), other?.add(login('_a'))])
  expect(added[0]?.id).toBe(added[1]?.id)
  expect(await other?.take(added[0]?.id ?? '')).toEqual({ ...login('_a'), id: added[0]?.id })
  expect(await one?.take(added[0]?.id ?? '')).toBeUndefined()
})
