import { expect, test } from 'vitest'
import { isWellFormed, makeToken, newToken } from './token.ts'

test('a token is 36 characters of base64 that begin with the version', () => {
  expect(makeToken(Buffer.alloc(16))).toBe('46ToAxZBQUFBQUFBQUFBQUFBQUFBQUFBQUFB')
})

test('a token needs 128 random bits', () => {
  expect(() => makeToken(Buffer.alloc(15))).toThrow(new TypeError('a token needs 16 random octets'))
})

test('two tokens differ, and both are well-formed', () => {
  const [a, b] = [newToken(), newToken()]
  expect(a).not.toBe(b)
  expect([isWellFormed(a), isWellFormed(b)]).toEqual([true, true])
})

test.each([
  ['nothing', ''],
  ['too short', '46ToAxZ'],
  ['not base64', '46ToAxZ-QUFBQUFBQUFBQUFBQUFBQUFBQUFB'],
  ['another version', 'AAAAAxZBQUFBQUFBQUFBQUFBQUFBQUFBQUFB'],
  ['one character more', '46ToAxZBQUFBQUFBQUFBQUFBQUFBQUFBQUFBA'],
  ['a line break after it', '46ToAxZBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\n'],
])('no node would have issued this: %s', (_case, token) => {
  expect(isWellFormed(token)).toBe(false)
})
