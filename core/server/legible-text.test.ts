import { expect, test } from 'vitest'
import { legibleText } from './legible-text.ts'

test.each([
  ['a forged line', 'a\r\nb', 'a\\u000d\\u000ab'],
  ['line separators', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
  ['a terminal escape', '\u001b[2J\u009b2J\u007f', '\\u001b[2J\\u009b2J\\u007f'],
  ['the Arabic letter mark', '\u061c', '\\u061c'],
  ['marks of direction', '\u200e\u200f', '\\u200e\\u200f'],
  ['embeddings and overrides', '\u202a\u202b\u202c\u202d\u202e', '\\u202a\\u202b\\u202c\\u202d\\u202e'],
  ['isolates', '\u2066\u2067\u2068\u2069', '\\u2066\\u2067\\u2068\\u2069'],
  ['what has no width', 'a\u00ad\u200b\u2060\ufeff', 'a\\u00ad\\u200b\\u2060\\ufeff'],
  ['a format character beyond the first plane', '\u{e0041}', '\\udb40\\udc41'],
  ['half of a character', 'a\ud83d', 'a\\ud83d'],
])('what would not be seen is escaped: %s (cases/robustness T2)', (_what, text, legible) => {
  expect(legibleText(text)).toBe(legible)
})

test('letters of every script, signs and pictures stay as they are', () => {
  expect(legibleText('Ünal شهرزاد 山田 <b>"\\u0041" 🎉')).toBe('Ünal شهرزاد 山田 <b>"\\u0041" 🎉')
})

test('of all characters that there are, none that would not be seen is left', () => {
  const all = Array.from({ length: 0x110000 }, (_, codePoint) => String.fromCodePoint(codePoint)).join('')
  expect(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/u.exec(legibleText(all))).toBeNull()
})
