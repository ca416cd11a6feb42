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

const parts = ['value', 'format', 'nameQualifier', 'spNameQualifier'] as const
const full = { value: 'n1', format: 'f', nameQualifier: 'q', spNameQualifier: 's' }
const everyChoice = Array.from({ length: 2 ** parts.length }, (_, bits) =>
  parts.filter((_part, at) => bits & (1 << at)),
)

// saml-core-2.0 §3.3.4: value, Format, NameQualifier and SPNameQualifier, absent or present.
test.each(everyChoice.map((differing) => [differing.join(', ') || 'nothing', differing] as const))(
  'C005 two identifiers that differ in %s are the same when that is nothing',
  (_named, differing) => {
    const changed = { ...full, ...Object.fromEntries(differing.map((part) => [part, `${full[part]}x`])) }
    expect([matchesStrongly(full, changed), matchesStrongly(changed, full)]).toEqual([
      differing.length === 0,
      differing.length === 0,
    ])
    const absent = Object.fromEntries(
      parts.filter((part) => !differing.includes(part)).map((part) => [part, full[part]]),
    )
    const isWhole = differing.length === 0
    expect(matchesStrongly(full, { value: '', ...absent })).toBe(isWhole)
  },
)
