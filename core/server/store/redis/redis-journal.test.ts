import { expect, onTestFinished, test } from 'vitest'
import { settableClock } from '../../clock.ts'
import { newId } from '../../ids.ts'
import { follow } from '../../journal/follow.ts'
import type { JournalBounds } from '../../journal/kept-entries.ts'
import type { Seen } from '../../journal/seen.ts'
import { waitFor } from '../../journal/wait-for.ts'
import { silentLog } from '../../logging.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import { testStores } from '../stores.test-support.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisJournal } from './redis-journal.ts'
import { createRedisLabStore, keysOf } from './redis-store.ts'

const { connection } = testStores()

const clock = settableClock(5_000)

/** Replicas of a lab of their own. */
function replicas(bounds: JournalBounds = { entries: 100, octets: 1_000_000 }) {
  const prefix = keysOf(newId())
  const replica = () => {
    const journal = createRedisJournal(connection(), { prefix, bounds, real: settableClock(7_000), breathMs: 5 })
    onTestFinished(journal.close)
    return { ...journal, journal, party: journal.of('idp', clock) }
  }
  return { prefix, one: replica(), other: replica(), replica }
}

const call = (id: string): Seen => ({ what: 'call', id })
const idsOf = (entries: readonly Seen[]) => entries.map(({ id }) => id)

test('what replicas noted and settled stands in one order, with one number each, at all of them', async () => {
  const { one, other } = replicas()
  one.party.note(call('a'))
  await one.settle()
  other.party.note(call('b'))
  await other.settle()
  one.party.note(call('c'))
  await one.settle()
  await Promise.all([one.catchUp(), other.catchUp()])
  expect(other.journal.since()).toEqual([
    { seq: 1, at: 7_000, party: 'idp', clock: 5_000, what: 'call', id: 'a' },
    { seq: 2, at: 7_000, party: 'idp', clock: 5_000, what: 'call', id: 'b' },
    { seq: 3, at: 7_000, party: 'idp', clock: 5_000, what: 'call', id: 'c' },
  ])
  expect(one.journal.since()).toEqual(other.journal.since())
  expect([one.journal.last, other.journal.last]).toEqual([3, 3])
  expect(other.journal.get(2)?.id).toBe('b')
  expect(idsOf(other.journal.since(2))).toEqual(['c'])
})

test('replicas that write at once lose nothing and give no number twice', async () => {
  const { one, other, replica } = replicas()
  for (let each = 0; each < 20; each++) {
    one.party.note(call(`a${each}`))
    other.party.note(call(`b${each}`))
  }
  await Promise.all([one.settle(), other.settle(), one.settle(), other.settle()])
  const third = replica()
  await third.catchUp()
  expect(third.journal.since().map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  expect(new Set(idsOf(third.journal.since())).size).toBe(40)
})

test('octets of a document come back as they were, those that are no text as well', async () => {
  const { one, other } = replicas()
  one.party.note({ what: 'Response', document: new Uint8Array([0, 255, 10]) })
  one.party.note({ what: 'Response', document: '<é/>' })
  await one.settle()
  await other.catchUp()
  const [octets, text] = other.journal.since().map(({ document }) => document)
  expect([...(octets as Uint8Array)]).toEqual([0, 255, 10])
  expect(text).toBe('<é/>')
})

test('what is oldest makes room at the bound of entries, and a replica that reads late is told how many fell out', async () => {
  const { one, other } = replicas({ entries: 3, octets: 1_000_000 })
  for (const id of 'abcde') one.party.note(call(id))
  await one.settle()
  await other.catchUp()
  expect(idsOf(other.journal.since())).toEqual(['c', 'd', 'e'])
  expect(other.journal.dropped).toBe(2)
  for (const id of 'fghijk') one.party.note(call(id))
  await one.settle()
  await other.catchUp()
  expect(idsOf(other.journal.since())).toEqual(['i', 'j', 'k'])
  expect(other.journal.dropped).toBe(8)
})

test('what is oldest makes room at the bound of octets, and the newest stays however long it is', async () => {
  const { prefix, one } = replicas({ entries: 100, octets: 2_000 })
  for (const id of 'abc') one.party.note({ ...call(id), document: 'é'.repeat(400) })
  one.party.note({ ...call('long'), document: 'x'.repeat(9_000) })
  await one.settle()
  expect(await connection().send(`${prefix}journal`, ['XLEN', `${prefix}journal`])).toBe(1)
  await one.catchUp()
  expect(idsOf(one.journal.since())).toEqual(['long'])
})

test('who waits at one replica finds what another notes, and what was there before', async () => {
  const { one, other } = replicas()
  one.party.note(call('before'))
  await one.settle()
  const isMeant = (wanted: string) => (entry: Seen) => entry.id === wanted
  const early = waitFor(other.journal, { isMeant: isMeant('later'), timeoutMs: 5_000 })
  await expect(waitFor(other.journal, { isMeant: isMeant('before'), timeoutMs: 5_000 })).resolves.toMatchObject({
    kind: 'found',
    entry: { seq: 1 },
  })
  one.party.note(call('later'))
  await one.settle()
  await expect(early).resolves.toMatchObject({ kind: 'found', entry: { seq: 2, id: 'later' } })
})

test('who follows one replica goes on at another from the last number it read', async () => {
  const { one, other } = replicas()
  for (const id of 'abc') one.party.note(call(id))
  await one.settle()
  await other.catchUp()
  const follower = follow(other.journal, { after: 1, breathMs: 0 })
  onTestFinished(follower.stop)
  const followed = await follower.next()
  expect(followed?.kind === 'entries' && idsOf(followed.entries)).toEqual(['b', 'c'])
})

test('a reset at one replica ends what waits at another, and leaves one entry with the next number', async () => {
  const { one, other } = replicas()
  for (const id of 'abc') one.party.note(call(id))
  await one.settle()
  const waiting = waitFor(other.journal, { isMeant: () => false, timeoutMs: 5_000 })
  await expect.poll(() => other.journal.last).toBe(3)
  one.reset()
  await one.settle()
  await expect(waiting).resolves.toEqual({ kind: 'reset' })
  await other.catchUp()
  expect(other.journal.since()).toEqual([{ seq: 4, at: 7_000, party: '', clock: 7_000, what: 'reset' }])
  expect(other.journal.dropped).toBe(0)
})

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
    { prefix },
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

/** Makes every write fail, until what it answers is called. */
async function blocked(prefix: string) {
  await connection().send(prefix, ['RENAME', `${prefix}journal/state`, `${prefix}aside`])
  await connection().send(prefix, ['SET', `${prefix}journal/state`, 'in the way'])
  return () => connection().send(prefix, ['RENAME', `${prefix}aside`, `${prefix}journal/state`])
}

test('a reset that failed is not made up for later', async () => {
  const { prefix, one, other } = replicas()
  one.party.note(call('a'))
  await one.settle()
  const goOn = await blocked(prefix)
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
  const { prefix, one, other } = replicas()
  one.party.note(call('a'))
  await one.settle()
  const goOn = await blocked(prefix)
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
  const one = createRedisJournal(connection(), { prefix, bounds: { entries: 5, octets: 1_000_000 }, log })
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

test('a reset that is withdrawn while others are on their way is waited for no longer', async () => {
  const { prefix } = replicas()
  let calls = 0
  const counting: RedisConnection = {
    ...connection(),
    run: (...words) => {
      calls += 1
      return calls > 9 ? Promise.reject(new Error('it spins')) : connection().run(...words)
    },
  }
  const one = createRedisJournal(counting, { prefix })
  onTestFinished(one.close)
  const party = one.of('idp', clock)
  for (let at = 0; at < 500; at += 1) party.note(call(`${at}`))
  one.reset()
  const settled = one.settle()
  one.withdrawReset()
  await settled
  expect(calls).toBe(1)
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
  const one = createRedisJournal(losing, { prefix })
  onTestFinished(one.close)
  one.of('idp', clock).note(call('a'))
  await expect(one.settle()).rejects.toThrow('the answer was lost')
  isLost = false
  one.of('idp', clock).note(call('b'))
  await one.settle()
  await replica.catchUp()
  expect(idsOf(replica.journal.since())).toEqual(['a', 'b'])
})

test('an entry of another version is refused in a sentence', async () => {
  const { prefix, one } = replicas()
  one.party.note(call('a'))
  await one.settle()
  await connection().send(prefix, ['XADD', `${prefix}journal`, '2-0', 'entry', '2 {}'])
  await connection().send(prefix, ['HSET', `${prefix}journal/state`, 'last', '2'])
  await expect(one.catchUp()).rejects.toThrow(
    'the entry 2 of the journal has the version [2], expected 1: it was written by another release of sloop',
  )
})
