import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normaliseDn } from './distinguished-name.ts'

test.each([
  ['cn=admins,dc=example', 'cn=admins,dc=example'],
  [' CN = Admins ,\tdc\n=\u00A0example ', 'cn=admins,dc=example'],
  ['cn=a b', 'cn=a b'],
  ['cn=', 'cn='],
  ['cn=   ', 'cn='],
  ['2.x.y-1=a', undefined],
  ['x.500-y_z=a', 'x.500-y_z=a'],
  [String.raw`cn=a\,b`, String.raw`cn=a\,b`],
  [String.raw`cn=a\=b`, String.raw`cn=a\=b`],
  [String.raw`cn= \ a\  `, String.raw`cn=\ a\ `],
  [String.raw`cn=a\\ `, String.raw`cn=a\\`],
  [String.raw`c\n=a`, undefined],
  ['cn=a=b', undefined],
  ['=a', undefined],
  ['cn', undefined],
  ['cn=a,b', undefined],
  ['', undefined],
  [',', undefined],
])('%j is normalised to %j', (text, expected) => {
  expect(normaliseDn(text)).toBe(expected)
})

test('a normal form is its own normal form, whatever stands in it', () => {
  const part = fc.constantFrom(
    'a',
    'A=',
    '=',
    ' ',
    '\t',
    '\\',
    '\\ ',
    ',',
    '\u0000',
    '\u0085',
    '\u202E',
    'b'.repeat(500),
  )
  const names = fc.array(part, { maxLength: 40 }).map((parts) => `a=${parts.join('')}`)
  fc.assert(
    fc.property(names, (name) => {
      const normal = normaliseDn(name)
      expect(normal && normaliseDn(normal)).toBe(normal)
    }),
  )
})
