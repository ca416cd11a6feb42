import { expect, test } from 'vitest'
import { settableClock } from '../clock.ts'
import { createJournal } from './journal.ts'

const clock = settableClock('2026-01-01T00:00:00Z')
const soon = () => new Promise(setImmediate)

function journalOf({ entries = 10, octets = 1_000_000 } = {}) {
  const journal = createJournal({ entries, octets }, settableClock(5))
  return { journal, idp: journal.of('idp', clock) }
}

const seqsOf = (journal: ReturnType<typeof createJournal>, after?: number) => journal.since(after).map(({ seq }) => seq)

test('what parties saw stands in one order, with the real time and that of the party', () => {
  const { journal, idp } = journalOf()
  const es = journal.of('es', settableClock(7))

  expect([idp.note({ what: 'LogoutRequest' }), es.note({ what: 'call' })]).toEqual([1, 2])
  expect(journal.since()).toEqual([
    { seq: 1, at: 5, party: 'idp', clock: Date.UTC(2026), what: 'LogoutRequest' },
    { seq: 2, at: 5, party: 'es', clock: 7, what: 'call' },
  ])
})

test('more entries than it is for push out the oldest, which is counted', () => {
  const { journal, idp } = journalOf({ entries: 3 })
  for (let made = 0; made < 5; made += 1) idp.note({ what: 'call' })

  expect(seqsOf(journal)).toEqual([3, 4, 5])
  expect(journal).toMatchObject({ last: 5, dropped: 2 })
  expect([journal.get(2), journal.get(6)]).toEqual([undefined, undefined])
  expect([journal.get(3)?.seq, journal.get(5)?.seq]).toEqual([3, 5])
})

test('so do more octets, but the newest stays however long it is', () => {
  const { journal, idp } = journalOf({ octets: 3_000 })
  idp.note({ what: 'call' })
  idp.note({ what: 'Response', document: 'x'.repeat(2_000) })
  expect(seqsOf(journal)).toEqual([2])
  idp.note({ what: 'Response', wire: { method: 'POST', url: '/', body: 'x'.repeat(9_000) } })
  expect(seqsOf(journal)).toEqual([3])
})

test('it goes on rightly for thousands that have fallen out', () => {
  const { journal, idp } = journalOf({ entries: 2 })
  for (let made = 0; made < 5_000; made += 1) idp.note({ what: 'call' })

  expect(seqsOf(journal)).toEqual([4_999, 5_000])
  expect(journal.get(4_998)).toBeUndefined()
  expect(journal.dropped).toBe(4_998)
})

test.each([
  [0, [1, 2, 3]],
  [1, [2, 3]],
  [3, []],
  [4, []],
])('what stands behind %i', (after, seqs) => {
  const { journal, idp } = journalOf()
  for (let made = 0; made < 3; made += 1) idp.note({ what: 'call' })
  expect(seqsOf(journal, after)).toEqual(seqs)
})

test('who watches is told once for many, and not while somebody writes', async () => {
  const { journal, idp } = journalOf()
  const told: number[] = []
  const stop = journal.watch({ more: () => told.push(journal.last), ended: () => {} })
  idp.note({ what: 'call' })
  idp.note({ what: 'call' })
  expect(told).toEqual([])
  await soon()
  expect(told).toEqual([2])
  stop()
  idp.note({ what: 'call' })
  await soon()
  expect(told).toEqual([2])
})

test('a reset empties it, is written down itself, and numbers go on', () => {
  const { journal, idp } = journalOf({ entries: 1 })
  const ends: string[] = []
  journal.watch({ more: () => {}, ended: (why) => ends.push(why) })
  idp.note({ what: 'call' })
  idp.note({ what: 'call' })
  journal.reset()

  expect(journal.since()).toEqual([{ seq: 3, at: 5, party: '', clock: 5, what: 'reset' }])
  expect(journal.dropped).toBe(0)
  expect(ends).toEqual(['reset'])
  journal.close()
  expect(ends).toEqual(['reset', 'closed'])
})
