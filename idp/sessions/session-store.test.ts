import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { createMemoryStore, type Store } from '#server/store/store'
import { testStores } from '#server/store/stores.test-support'
import type { IdpSession, SessionParticipant } from './idp-session.ts'
import { createSessionStore } from './session-store.ts'

const orders: SessionParticipant = { spEntityId: 'orders', nameId: { value: 'n1', format: 'f' }, sessionIndex: '_s1' }
const session = (id: string, participants: readonly SessionParticipant[] = []): IdpSession => {
  return { id, userName: 'alice', authnInstant: 0, expiresAt: 1_000, participants }
}
const { storeKinds } = testStores()
/** A shared store has room for a hundred times as many. */
const roomFor = (kind: string, sessions: number) => (kind === 'memory' ? sessions : sessions / 100)
const sessionsIn = (store: Store, clock = settableClock(0), capacity = 10) =>
  createSessionStore(store, { clock, capacity })

test.each(storeKinds)('%s: a session ends once: the second caller gets nothing to act on', async (_kind, newStore) => {
  const sessions = sessionsIn(newStore())
  await sessions.save(session('a'))
  expect(await sessions.end('a')).toEqual(session('a'))
  expect(await sessions.end('a')).toBeUndefined()
})

test.each(storeKinds)(
  '%s: a session that nobody ended is told: at its expiry, and when it makes room',
  async (kind, newStore) => {
    const [clock, lost] = [settableClock(0), [] as string[]]
    const sessions = createSessionStore(newStore(), {
      ...{ clock, capacity: roomFor(kind, 2) },
      lost: ({ id }, by) => void lost.push(`${id} ${by}`),
    })
    for (const id of ['a', 'b', 'c', 'c']) await sessions.save(session(id))
    await sessions.end('b')
    expect(lost).toEqual(['a capacity'])
    clock.set(1_000)
    expect([await sessions.list(), await sessions.end('c'), lost]).toEqual([[], undefined, ['a capacity', 'c expiry']])
    await sessions.save({ ...session('d'), expiresAt: 2_000 })
    await sessions.clear()
    expect(lost).toEqual(['a capacity', 'c expiry'])
  },
)

test.each(storeKinds)(
  '%s: two browsers with the same identifier at one service provider are both found',
  async (_kind, newStore) => {
    const sessions = sessionsIn(newStore())
    await sessions.save(session('a', [orders]))
    await sessions.save(session('b', [orders]))
    await sessions.save(session('c', [{ ...orders, spEntityId: 'reports' }]))
    expect((await sessions.findByNameIdValue('orders', 'n1')).map(({ id }) => id)).toEqual(['a', 'b'])
  },
)

test.each(storeKinds)('%s: an identifier of another value finds nobody', async (_kind, newStore) => {
  const sessions = sessionsIn(newStore())
  await sessions.save(session('a', [orders]))
  expect(await sessions.findByNameIdValue('orders', 'n2')).toEqual([])
})

test.each(storeKinds)(
  '%s: a participant joins a live session and is found by its identifier',
  async (_kind, newStore) => {
    const sessions = sessionsIn(newStore())
    await sessions.save(session('a'))
    expect(await sessions.addParticipant('a', orders)).toBe(true)
    expect(await sessions.findByNameIdValue('orders', 'n1')).toEqual([session('a', [orders])])
  },
)

test.each(storeKinds)('%s: a participant cannot join a session that has ended', async (_kind, newStore) => {
  const sessions = sessionsIn(newStore())
  await sessions.save(session('a'))
  await sessions.end('a')
  expect(await sessions.addParticipant('a', orders)).toBe(false)
})

/** One that counts how often it is looked at. */
function counted(at: number, looks: { count: number }): SessionParticipant {
  const nameId = { value: `n${at}`, format: 'f' }
  return {
    spEntityId: 'orders',
    sessionIndex: `_s${at}`,
    get nameId() {
      looks.count += 1
      return nameId
    },
  }
}

test('a login looks at none of those that came before it in the session', async () => {
  const sessions = sessionsIn(createMemoryStore())
  const looks = { count: 0 }
  await sessions.save(session('a'))
  for (let at = 0; at < 100; at += 1) await sessions.addParticipant('a', counted(at, looks))
  expect(looks.count).toBe(100)
  expect(await sessions.findByNameIdValue('orders', 'n0')).toHaveLength(1)
  expect(await sessions.findByNameIdValue('orders', 'n99')).toHaveLength(1)
  await sessions.end('a')
  expect(await sessions.findByNameIdValue('orders', 'n0')).toEqual([])
  expect(await sessions.findByNameIdValue('orders', 'n99')).toEqual([])
})

test.each(storeKinds)('%s: a session that somebody joins is no younger for it', async (_kind, newStore) => {
  const clock = settableClock(0)
  const sessions = sessionsIn(newStore(), clock, 2)
  await sessions.save(session('a'))
  await sessions.save(session('b'))
  await sessions.addParticipant('a', orders)
  expect((await sessions.list()).map(({ id }) => id)).toEqual(['a', 'b'])
  clock.set(999)
  expect(await sessions.find('a')).toBeDefined()
  clock.set(1_000)
  expect(await sessions.find('a')).toBeUndefined()
})

test.each(storeKinds)(
  '%s: who signs in again keeps the participants, and the session lives on',
  async (_kind, newStore) => {
    const clock = settableClock(0)
    const sessions = sessionsIn(newStore(), clock)
    await sessions.save(session('a', [orders]))
    const renewed = { ...session('a', [orders]), authnInstant: 900, expiresAt: 1_900 }
    expect(await sessions.renew('a', { authnInstant: 900, expiresAt: 1_900 })).toEqual(renewed)
    clock.set(1_899)
    expect(await sessions.findByNameIdValue('orders', 'n1')).toEqual([renewed])
    clock.set(1_900)
    expect(await sessions.find('a')).toBeUndefined()
  },
)

test.each(storeKinds)('%s: a session that has ended is not renewed', async (_kind, newStore) => {
  const sessions = sessionsIn(newStore())
  await sessions.save(session('a'))
  await sessions.end('a')
  expect(await sessions.renew('a', { authnInstant: 900, expiresAt: 1_900 })).toBeUndefined()
  expect(await sessions.list()).toEqual([])
})

test.each(storeKinds)(
  '%s: logins of one session at the same time are all its participants',
  async (_kind, newStore) => {
    const sessions = sessionsIn(newStore())
    await sessions.save(session('a'))
    const logins = ['_1', '_2', '_3', '_4'].map((sessionIndex) => ({ ...orders, sessionIndex }))
    await Promise.all(logins.map((login) => sessions.addParticipant('a', login)))
    const [found] = await sessions.list()
    expect(found?.participants.map(({ sessionIndex }) => sessionIndex).sort()).toEqual(['_1', '_2', '_3', '_4'])
  },
)

test.each(storeKinds)('%s: an expired session is found by neither cookie nor identifier', async (_kind, newStore) => {
  const clock = settableClock(0)
  const sessions = sessionsIn(newStore(), clock)
  await sessions.save(session('a', [orders]))
  clock.set(1_000)
  expect(await sessions.find('a')).toBeUndefined()
  expect(await sessions.findByNameIdValue('orders', 'n1')).toEqual([])
})

test.each(storeKinds)(
  '%s: a session that made room for another is no longer found by its identifier',
  async (kind, newStore) => {
    const sessions = sessionsIn(newStore(), settableClock(0), roomFor(kind, 1))
    await sessions.save(session('a', [orders]))
    await sessions.save(session('b'))
    expect(await sessions.findByNameIdValue('orders', 'n1')).toEqual([])
  },
)

test.each(storeKinds)('%s: the live sessions can be listed and cleared', async (_kind, newStore) => {
  const sessions = sessionsIn(newStore())
  await sessions.save(session('a'))
  await sessions.save(session('b'))
  expect((await sessions.list()).map(({ id }) => id)).toEqual(['a', 'b'])
  await sessions.clear()
  expect(await sessions.list()).toEqual([])
})
