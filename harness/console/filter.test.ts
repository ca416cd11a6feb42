import { expect, test } from 'vitest'
import { entriesOf, received, sent } from '../diagram/entry.test-support.ts'
import { filterEntries } from './filter.ts'

const answer = {
  what: 'LogoutResponse',
  direction: 'sent',
  party: 'es',
  from: 'urn:app',
  to: 'idp',
  id: '_2',
  inResponseTo: '_1',
} as const
const ofBob = { ...sent, id: '_9', user: 'bob', to: 'urn:wiki' } as const
const call = { what: 'call', direction: 'received', party: 'es', to: 'es' } as const
const entries = entriesOf(sent, received, answer, ofBob, call)
const seqs = (filter: Partial<Parameters<typeof filterEntries>[1]>): number[] =>
  filterEntries(entries, { withCalls: true, ...filter }).map(({ seq }) => seq)

test('what has to do with a user is also what answers his messages, and how others tell of them', () => {
  expect(seqs({ user: 'alice' })).toEqual([1, 2, 3])
  expect(seqs({ user: 'bob' })).toEqual([4])
})

test('a logout is its requests and what answers them', () => {
  expect(seqs({ requestIds: new Set(['_9']) })).toEqual([4])
  expect(seqs({ requestIds: new Set() })).toEqual([])
})

test('a party is whom a message is from or to, or who tells of it', () => {
  expect(seqs({ names: new Set(['wiki', 'urn:wiki']) })).toEqual([4])
  expect(seqs({ names: new Set(['es']) })).toEqual([2, 3, 5])
})

test('calls can be left out', () => {
  expect(seqs({ withCalls: false })).toEqual([1, 2, 3, 4])
})
