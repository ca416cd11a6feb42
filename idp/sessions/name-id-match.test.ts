import { expect, test } from 'vitest'
import { NAME_ID_FORMAT } from '#saml/names'
import { matchesByValue, matchesStrongly } from './name-id-match.ts'

const issued = { value: 'n1', format: 'f' }

test.each([
  ['value', { value: 'n2', format: 'f' }, false],
  ['Format', { value: 'n1', format: 'g' }, true],
  ['absence of a Format', { value: 'n1' }, true],
  ['NameQualifier', { value: 'n1', format: 'f', nameQualifier: 'q' }, true],
  ['SPNameQualifier', { value: 'n1', format: 'f', spNameQualifier: 'q' }, true],
])('an identifier with another %s is not the same, and by its value alone: %s, %s', (_part, nameId, byValue) => {
  expect(matchesStrongly(issued, nameId)).toBe(false)
  expect(matchesByValue(issued, nameId)).toBe(byValue)
})

test('an absent Format matches the unspecified one', () => {
  expect(matchesStrongly({ value: 'n1', format: NAME_ID_FORMAT.unspecified }, { value: 'n1' })).toBe(true)
})
