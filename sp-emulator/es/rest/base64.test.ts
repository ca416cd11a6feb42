import { expect, test } from 'vitest'
import { decodeBase64 } from './base64.ts'

test.each([
  ['', ''],
  ['QUJD', 'ABC'],
  ['QUI=', 'AB'],
  ['QUI', 'AB'],
  ['QQ==', 'A'],
  ['QQ', 'A'],
])('decodes %s, padding given or not', (text, octets) => {
  expect(decodeBase64(text).toString()).toBe(octets)
})

// Each text is what java.util.Base64.getDecoder() says.
test.each([
  ['QUJ-', 'Illegal base64 character 2d'],
  ['QUJ_', 'Illegal base64 character 5f'],
  ['QU D', 'Illegal base64 character 20'],
  ['QUé=', 'Illegal base64 character -17'],
  ['QU€=', 'Illegal base64 character 3f'],
  ['Q', 'Input byte[] should at least have 2 bytes for base64 bytes'],
  ['QUJDQ', 'Last unit does not have enough valid bits'],
  ['Q===', 'Last unit does not have enough valid bits'],
  ['QQ=', 'Input byte array has wrong 4-byte ending unit'],
  ['QQ=x', 'Input byte array has wrong 4-byte ending unit'],
  ['QUJD=', 'Input byte array has wrong 4-byte ending unit'],
  ['QQ==QQ==', 'Input byte array has incorrect ending byte at 4'],
  ['QUI=QUI=', 'Input byte array has incorrect ending byte at 4'],
])('refuses %s as the JDK does: %s', (text, message) => {
  expect(() => decodeBase64(text)).toThrow(
    expect.objectContaining({ status: 400, type: 'illegal_argument_exception', message }),
  )
})

test('a text of many megabytes needs no stack', () => {
  expect(decodeBase64('QUJD'.repeat(4_000_000))).toHaveLength(12_000_000)
})
