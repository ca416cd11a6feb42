import { expect, test } from 'vitest'
import { nearestEntries } from './nearest-entries.ts'
import { countingReader, journalWith } from './reader.test-support.ts'

const seen = [
  { what: 'LogoutRequest', id: '_1', user: 'alice' },
  { what: 'LogoutResponse', id: '_2', user: 'alice' },
  { what: 'Response', id: '_3', user: 'alice' },
  { what: 'call' },
  { what: 'LogoutResponse', id: '_5', user: 'bob' },
  { what: 'LogoutResponse', id: '_6', user: 'alice' },
] as const

test('the three that differ in the fewest fields, newest first among equals', () => {
  const { journal } = journalWith(seen)
  const match = { what: 'LogoutResponse', id: '_9', user: 'alice' }
  const nearest = nearestEntries(match, journal.since(), countingReader())
  expect(nearest.map(({ entry, differsIn }) => [entry.seq, differsIn])).toEqual([
    [6, ['id']],
    [2, ['id']],
    [5, ['id', 'user']],
  ])
})

test('what only decoding tells counts, of those that can be among them', () => {
  const { journal } = journalWith([
    { what: 'LogoutResponse', document: 'id=_9' },
    ...seen,
    { what: 'LogoutResponse', document: 'id=_8' },
    { what: 'AuthnRequest', document: 'id=_9&user=alice' },
  ])
  const reader = countingReader()
  const nearest = nearestEntries({ what: 'LogoutResponse', id: '_9', user: 'alice' }, journal.since(), reader)
  expect(nearest.map(({ entry, differsIn }) => [entry.seq, differsIn])).toEqual([
    [9, ['what']],
    [7, ['id']],
    [3, ['id']],
  ])
  expect(nearestEntries({ what: 'call' }, [], reader)).toEqual([])
})
