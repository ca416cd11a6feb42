import { expect, test } from 'vitest'
import { differences, matcher } from './match.ts'
import { countingReader, journalWith } from './reader.test-support.ts'

const refusal = { code: 'SAML_EXPIRED', message: 'too late', expected: { before: 1 } }
const { journal } = journalWith([
  { what: 'LogoutRequest', id: '_1', sessionIndexes: ['a', 'b'], accepted: false, refusal, status: [] },
])
const [entry] = journal.since()

test.each([
  [{ what: 'LogoutRequest', id: '_1' }, []],
  [{ what: 'LogoutResponse', id: '_2' }, ['what', 'id']],
  [{ sessionIndexes: 'a' }, []],
  [{ sessionIndexes: ['b', 'a'] }, []],
  [{ sessionIndexes: ['a', 'c'] }, ['sessionIndexes']],
  [{ accepted: false }, []],
  [{ accepted: null }, ['accepted']],
  [{ user: null, status: null }, []],
  [{ user: 'alice' }, ['user']],
  [{ refusal: { code: 'SAML_EXPIRED' } }, []],
  [{ refusal: { code: 'SAML_EXPIRED', expected: { before: 1 } } }, []],
  [{ refusal: { code: 'SAML_EXPIRED', message: 'soon' } }, ['refusal']],
  [{ refusal: { actual: null } }, []],
  [{ refusal: null }, ['refusal']],
  [{ refusal: { constructor: null } }, []],
  [{ id: undefined }, []],
])('%j differs in %j', (match, differs) => {
  if (entry === undefined) throw new TypeError('nothing was noted')
  expect(differences(match, entry, countingReader())).toEqual(differs)
  expect(matcher(match, countingReader())(entry)).toBe(differs.length === 0)
})

test('nothing is decoded of what differs in hand already, and only what is not in hand of the rest', () => {
  const { journal: other } = journalWith([
    { what: 'LogoutRequest', document: 'id=_1' },
    { what: 'Response', document: 'id=_2' },
    { what: 'Response', id: '_2', document: 'id=_3' },
  ])
  const reader = countingReader()
  const found = other.since().filter(matcher({ id: '_2', what: 'Response' }, reader))
  expect(found.map(({ seq }) => seq)).toEqual([2, 3])
  expect(reader.decoded).toEqual([2])
})
