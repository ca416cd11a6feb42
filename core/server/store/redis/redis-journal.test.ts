import { expect, onTestFinished, test } from 'vitest'
import { follow } from '../../journal/follow.ts'
import type { Seen } from '../../journal/seen.ts'
import { waitFor } from '../../journal/wait-for.ts'
import { testStores } from '../stores.test-support.ts'
import { call, idsOf, replicasAt } from './redis-journal.test-support.ts'

const { connection } = testStores()
const replicas = replicasAt(connection)

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
