import { expect, test } from 'vitest'
import { compileJavaPattern } from './java-pattern.ts'

const find = (pattern: string, text: string) => compileJavaPattern(pattern).exec(text)?.[1]

// What Java's Matcher.find() and group(1) give.
test.each([
  ['^([^@]+)@sp\\.test$', 'alice@sp.test', 'alice'],
  ['([^@]+)@', 'to alice@sp.test', 'to alice'],
  ['(?i)^CN=([^,]+),', 'cn=Admins,ou=x', 'Admins'],
  ['(?i)([h-k]+)', 'xHIJ', 'HIJ'],
  ['(?i)([^a]+)', 'AaBA', 'B'],
  ['(?<name>\\w+)', 'é_1', '_1'],
  ['(?:a|b)(c)', 'xbc', 'c'],
  ['(a.c)', 'abc', 'abc'],
  ['(?s)(a.c)', 'a\nc', 'a\nc'],
  ['(\\Qa.b\\E+)', 'axb a.bb', 'a.bb'],
  ['(\\p{Lu}+)', 'aÉÀ', 'ÉÀ'],
  ['(\\p{Upper}+)', 'ÉAB', 'AB'],
  ['(\\p{L}x)', '1éx', 'éx'],
  ['([\\w.-]+)', '@a.b-c@', 'a.b-c'],
  ['([\\s]+)x', 'a\u00a0 x', ' '],
  ['(\\h+)x', 'a\u00a0x', '\u00a0'],
  ['(a|b)$', 'b\n', 'b'],
  ['(a|b)\\z', 'b\na', 'a'],
  ['(\\x41\\u0042\\x{43})', 'ABC', 'ABC'],
  ['(a{2,3}?)', 'aaa', 'aa'],
  ['(a)?b', 'b', undefined],
  ['(?<=x)(a)', 'axa', 'a'],
  ['(a)(?!b)', 'abac', 'a'],
  ['(\\-\\]\\/)', '-]/', '-]/'],
  ['(}])', '}]', '}]'],
  ['(😀.)', '😀😀', '😀😀'],
])('%s finds in %j what Java finds', (pattern, text, expected) => {
  expect(find(pattern, text)).toBe(expected)
})

test.each([
  ['(a.b)', 'a\u0085b'],
  ['(?i)(k)', '\u212a'],
  ['(?i)([a-z])', '\u017f'],
  ['(a)$', 'a\n\n'],
  ['(\\r)$', '\r\n'],
  ['(\\s)', '\u2003'],
])('%s does not find in %j, as in Java', (pattern, text) => {
  expect(compileJavaPattern(pattern).test(text)).toBe(false)
})

test.each([
  ['a possessive quantifier', '(a)b*+', '*+'],
  ['an atomic group', '(?>a)(b)', '(?>a)(b)'],
  ['a flag in the middle', '(a)(?i)b', '(?i)b'],
  ['another flag', '(?x)(a)', '(?x)(a)'],
  ['a reference to a group', '(a)\\1', '\\1'],
  ['classes that intersect', '([a-z&&[^b]])', '[a-z&&[^b]])'],
  ['a union of classes', '([a[b]])', '[a[b]])'],
  ['a class that begins with its end', '([]a])', '[]a])'],
  ['a class that is not closed', '([a', '[a'],
  ['a range that runs backwards', '([b-a])', '[b-a])'],
  ['a script', '(\\p{IsLatin})', '\\p{IsLatin})'],
  ['an escape that Java has not', '(\\y)', '\\y)'],
  ['the first group within a repetition', '(?:(a)|b)+', '+'],
  ['the first group repeated', '(a)*', '*'],
  ['the first group in a look-ahead', '(?=(a))', '(a))'],
  ['a brace that repeats nothing', '(a){x', '{x'],
  ['a parenthesis too many', '(a))', ')'],
])('%s is refused', (_case, pattern, rest) => {
  expect(() => compileJavaPattern(pattern)).toThrow(`cannot be read as Java reads it from [${rest}] on`)
})

test.each(['(a', '*(a)', '(a)|b**'])('%s is no regular expression', (pattern) => {
  expect(() => compileJavaPattern(pattern)).toThrow('is no regular expression')
})

test('a pattern needs a group', () => {
  expect(() => compileJavaPattern('a(?:b)')).toThrow('has no group to take the value from')
})
