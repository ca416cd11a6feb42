import { expect, onTestFinished, test } from 'vitest'
import { newId } from '../../ids.ts'
import { waitFor } from '../../journal/wait-for.ts'
import { silentLog } from '../../logging.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import { testStores } from '../stores.test-support.ts'
import type { RedisConnection } from './redis-connection.ts'
import { call, clock, idsOf, noReset, replicasAt } from './redis-journal.test-support.ts'
import { createRedisJournal } from './redis-journal.ts'
import { createRedisLabStore, keysOf } from './redis-store.ts'

/** A journal whose engine is away, slow, or back with other data. */

const { connection } = testStores()
const replicas = replicasAt(connection)

test('an engine that comes back empty is a reset for who reads, and numbering begins anew', async () => {
  const { one, other } = replicas()
  for (const id of 'abc') one.party.note(call(id))
  await one.settle()
  const waiting = waitFor(other.journal, { isMeant: () => false, timeoutMs: 5_000 })
  await expect.poll(() => other.journal.last).toBe(3)
  await connection().send('', ['FLUSHALL'])
  one.party.note(call('d'))
  await one.settle()
  await expect(waiting).resolves.toEqual({ kind: 'reset' })
  await other.catchUp()
  expect(other.journal.since()).toMatchObject([{ seq: 1, id: 'd' }])
})

test('other data in the engine is a reset for who reads, also where more was noted in it than before', async () => {
  const { one, other, replica } = replicas()
  for (const id of 'abc') one.party.note(call(id))
  await one.settle()
  await other.catchUp()
  await connection().send('', ['FLUSHALL'])
  const third = replica()
  for (const id of 'vwxyz') third.party.note(call(id))
  await third.settle()
  const waiting = waitFor(other.journal, { isMeant: ({ id }) => id === 'never', timeoutMs: 5_000 })
  await expect(waiting).resolves.toEqual({ kind: 'reset' })
  await other.catchUp()
  expect(idsOf(other.journal.since())).toEqual(['v', 'w', 'x', 'y', 'z'])
  expect(other.journal.last).toBe(5)
})

test('an engine that was away and lacks what is known here is a reset for who reads, and no other is', async () => {
  const { prefix, one } = replicas()
  const counted = { connections: 1 }
  const reader = createRedisJournal(
    Object.defineProperty({ ...connection() }, 'connections', {
      get: () => counted.connections,
    }),
    { prefix, reset: noReset },
  )
  onTestFinished(reader.close)
  for (const id of 'ab') one.party.note({ ...call(id), document: new Uint8Array([0, 255]) })
  await one.settle()
  await reader.catchUp()
  const ends: string[] = []
  reader.watch({ more: () => undefined, ended: (why) => void ends.push(why) })
  counted.connections += 1
  await reader.catchUp()
  expect([idsOf(reader.since()), ends]).toEqual([['a', 'b'], []])
  await connection().send(prefix, ['XDEL', `${prefix}journal`, '2-0'])
  await connection().send(prefix, ['XSETID', `${prefix}journal`, '1-0'])
  await connection().send(prefix, ['HSET', `${prefix}journal/state`, 'last', '1'])
  for (const id of 'yz') one.party.note(call(id))
  await one.settle()
  counted.connections += 1
  await reader.catchUp()
  expect([idsOf(reader.since()), ends]).toEqual([['a', 'y', 'z'], ['reset']])
})

test('what could not be sent is sent with the next, in its order', async () => {
  const { prefix, one, other } = replicas()
  await connection().send(prefix, ['SET', `${prefix}journal/state`, 'in the way'])
  one.party.note(call('a'))
  await expect(one.settle()).rejects.toThrow(StoreUnavailable)
  one.party.note(call('b'))
  await connection().send(prefix, ['DEL', `${prefix}journal/state`, `${prefix}journal`])
  await one.settle()
  await other.catchUp()
  expect(idsOf(other.journal.since())).toEqual(['a', 'b'])
})

/** Replicas with one entry, at an engine where every write fails until `goOn` is called. */
async function blockedReplicas() {
  const { prefix, one, other } = replicas()
  one.party.note(call('a'))
  await one.settle()
  await connection().send(prefix, ['RENAME', `${prefix}journal/state`, `${prefix}aside`])
  await connection().send(prefix, ['SET', `${prefix}journal/state`, 'in the way'])
  const goOn = () => connection().send(prefix, ['RENAME', `${prefix}aside`, `${prefix}journal/state`])
  return { one, other, goOn }
}

test('a reset that failed is not made up for later', async () => {
  const { one, other, goOn } = await blockedReplicas()
  one.party.note(call('b'))
  one.reset()
  one.party.note(call('c'))
  await expect(one.settle()).rejects.toThrow(StoreUnavailable)
  await goOn()
  await one.settle()
  await other.catchUp()
  expect(idsOf(other.journal.since())).toEqual(['a', 'b', 'c'])
})

test('a reset that is asked for while another request fails is done', async () => {
  const { one, other, goOn } = await blockedReplicas()
  one.party.note(call('b'))
  const failing = one.settle()
  one.reset()
  await expect(failing).rejects.toThrow(StoreUnavailable)
  await goOn()
  await one.settle()
  await other.catchUp()
  expect(other.journal.since().map(({ what }) => what)).toEqual(['reset'])
})

test('a reset of which the settings could not be written leaves the journal as it is', async () => {
  const lab = newId()
  const store = createRedisLabStore(connection(), lab)
  const map = store.of('idp').sharedMap<string>({ name: 'users' })
  store.journal.of('idp', clock).note(call('a'))
  await store.replicas.settle()
  await connection().send(lab, ['SET', `${keysOf(lab)}settings`, 'in the way'])
  map.put('dora', '1')
  store.journal.reset()
  await expect(store.replicas.settle()).rejects.toThrow(StoreUnavailable)
  await connection().send(lab, ['DEL', `${keysOf(lab)}settings`])
  await store.replicas.settle()
  await store.journal.catchUp()
  expect(idsOf(store.journal.since())).toEqual(['a'])
})

test('what finds no room while the engine is away is counted, and said when it is back', async () => {
  const { prefix, replica } = replicas()
  const lines: string[] = []
  const log = { ...silentLog, warn: (_facts: object, message: string) => void lines.push(message) }
  const one = createRedisJournal(connection(), {
    prefix,
    reset: noReset,
    bounds: { entries: 5, octets: 1_000_000 },
    log,
  })
  onTestFinished(one.close)
  const party = one.of('idp', clock)
  for (let at = 0; at < 10_003; at += 1) party.note(call(`${at}`))
  expect(lines).toEqual([])
  await one.settle()
  await one.settle()
  const { place } = connection()
  const says = `the store at ${place} was away for so long that the journal lacks 3 entries: no more than 10000 wait for it`
  expect(lines).toEqual([says])
  const reader = replica()
  await reader.catchUp()
  expect(idsOf(reader.journal.since()).at(-1)).toBe('9999')
})

test('a reset finds room however much waits', async () => {
  const { one } = replicas()
  for (let at = 0; at < 10_000; at += 1) one.party.note(call(`${at}`))
  one.journal.reset()
  await one.settle()
  await one.catchUp()
  expect(one.journal.since().map(({ what }) => what)).toEqual(['reset'])
})

test('what was sent and not acknowledged stands there once', async () => {
  const { prefix, one: replica } = replicas()
  let isLost = true
  const losing: RedisConnection = {
    ...connection(),
    run: async (...words) => {
      const answer = await connection().run(...words)
      if (isLost) throw new StoreUnavailable('the answer was lost')
      return answer
    },
  }
  const one = createRedisJournal(losing, { prefix, reset: noReset })
  onTestFinished(one.close)
  one.of('idp', clock).note(call('a'))
  await expect(one.settle()).rejects.toThrow('the answer was lost')
  isLost = false
  one.of('idp', clock).note(call('b'))
  await one.settle()
  await replica.catchUp()
  expect(idsOf(replica.journal.since())).toEqual(['a', 'b'])
})
