import { expect, test } from 'vitest'
import { loggable, loggableText } from './log-facts.ts'

test.each([
  ['x'.repeat(256), 'x'.repeat(256)],
  ['x'.repeat(257), `${'x'.repeat(255)}…`],
])('a string has at most 256 characters', (text, logged) => {
  expect(loggableText(text)).toBe(logged)
})

test('what would not be seen is escaped', () => {
  expect(loggableText('a\n\u202eb')).toBe('a\\u000a\\u202eb')
})

test('an error is logged with its own facts, its cause and where it came from', () => {
  const error = Object.assign(new TypeError('no', { cause: new Error('why\n') }), { code: 'E1' })
  expect(loggable({ error })).toEqual({
    error: {
      name: 'TypeError',
      message: 'no',
      code: 'E1',
      cause: { name: 'Error', message: 'why\\u000a', at: expect.arrayContaining([]) },
      at: expect.arrayContaining([expect.stringContaining('log-facts.test.ts')]),
    },
  })
})

test('a value that contains itself ends', () => {
  const loop: Record<string, unknown> = {}
  loop['self'] = loop
  expect(JSON.stringify(loggable(loop))).toBe('{"self":{"self":{"self":{"self":{"self":"[deeper]"}}}}}')
})

test('values that JSON has no form for are named', () => {
  expect(loggable({ a: 1n, b: Buffer.from('key'), c: () => 1, d: new URL('http://a.test/'), e: undefined })).toEqual({
    a: '1',
    b: '[3 octets]',
    c: '[function]',
    d: 'http://a.test/',
    e: undefined,
  })
})

test('only the first twenty of a list are logged', () => {
  expect(loggable(Array.from({ length: 21 }, (_, i) => i))).toHaveLength(20)
})
