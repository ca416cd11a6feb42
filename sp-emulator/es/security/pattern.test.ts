import { expect, test } from 'vitest'
import { checkPattern, isPattern, matchesPattern } from './pattern.ts'

test.each([
  ['a*', true],
  ['/a/', true],
  ['a?', false],
  ['/', false],
  ['a', false],
])('%s is a pattern: %s', (text, expected) => {
  expect(isPattern(text)).toBe(expected)
})

test.each([
  ['*', '', true],
  ['cn=*,dc=x', 'cn=a,b,dc=x', true],
  ['a*', 'ba', false],
  ['a?c*', 'abc', true],
  ['a?c*', 'ac', false],
  ['a.c*', 'abc', false],
  ['\\**', '*x', true],
  ['\\**', 'x', false],
  ['a*b*c', 'abbcbc', true],
  ['a*b*c', 'acb', false],
  ['*ab*ba*', 'aba', false],
  ['*ab*ba*', 'abba', true],
  ['*?*?*', 'a', false],
  ['*?*?*', '𝄞a', true],
  ['**', '', true],
  ['*1*2*', 'x1x2x', true],
  ['*\n*', 'a\nb', true],
  ['/ad.+n/', 'admin', true],
  ['/adm/', 'admin', false],
  ['/a|b/', 'b', true],
  ['/^a$/', 'a', false],
  ['/^a$/', '^a$', true],
  ['/[^a]+/', 'bcd', true],
  ['/\\d{2,3}/', '12', true],
  ['/a\\~b/', 'a~b', true],
])('%s fits "%s": %s', (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected)
})

test.each(['~', '&', '<', '>', '#', '@', '"'])('what only Lucene reads is refused: %s', (operator) => {
  expect(() => checkPattern(`/a${operator}b/`)).toThrow(
    expect.objectContaining({
      type: 'illegal_argument_exception',
      message: `the pattern [/a${operator}b/] uses [${operator}], which this emulator does not read as Lucene does; escape it to mean itself`,
    }),
  )
})

test('what is no regular expression is refused', () => {
  const message = expect.stringMatching(/^the pattern \[\/a\(\/\] is not a regular expression: /)
  expect(() => checkPattern('/a(/')).toThrow(expect.objectContaining({ status: 400, message }))
})
