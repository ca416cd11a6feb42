import { expect, test } from 'vitest'
import { countingReader, journalWith } from './reader.test-support.ts'
import { type Expectation, whyNotVerified } from './verify.ts'

const { journal } = journalWith([
  { what: 'LogoutRequest', id: '_1' },
  { what: 'LogoutResponse', id: '_2' },
  { what: 'LogoutRequest', id: '_3' },
])
const verify = (expectation: Expectation) => {
  const found = whyNotVerified(expectation, journal.since(), countingReader())
  return found && { ...found, nearest: found.nearest.map(({ entry, differsIn }) => [entry.seq, differsIn]) }
}

const match = { what: 'LogoutRequest' }

test.each([
  [{ match, atLeast: 2, atMost: 2 }],
  [{ match, atLeast: 1 }],
  [{ match, atMost: 2 }],
  [{ match: { what: 'call' }, atMost: 0 }],
  [{ inOrder: [match, { id: '_2' }, match] }],
])('it holds: %j', (expectation) => {
  expect(verify(expectation)).toBeUndefined()
})

test('too few are told with those that are nearest', () => {
  expect(verify({ match, atLeast: 3 })).toEqual({
    message: 'expected at least 3 of {"what":"LogoutRequest"}, found 2',
    expected: 'at least 3',
    actual: 2,
    nearest: [[2, ['what']]],
  })
})

test('too many are told with the newest of them', () => {
  expect(verify({ match, atLeast: 1, atMost: 1 })).toEqual({
    message: 'expected exactly 1 of {"what":"LogoutRequest"}, found 2',
    expected: 'exactly 1',
    actual: 2,
    nearest: [
      [3, []],
      [1, []],
    ],
  })
})

test('what is missing in an order is told, and behind what', () => {
  expect(verify({ inOrder: [{ id: '_2' }, { id: '_1' }] })).toEqual({
    message: 'inOrder[1]: there is no {"id":"_1"} behind entry 2',
    expected: { id: '_1' },
    actual: null,
    nearest: [[3, ['id']]],
  })
})
