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
