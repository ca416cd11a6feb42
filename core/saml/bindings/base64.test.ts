import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { decodeBase64 } from './base64.ts'

const wrongEnding = 'Input byte array has wrong 4-byte ending unit'
const tooFewBits = 'Last unit does not have enough valid bits'
const tooShort = 'Input byte[] should at least have 2 bytes for base64 bytes'
const strayBits = 'Input byte array has stray bits in its last unit'

test('what Node encodes is decoded to the same octets, strictly and leniently', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (octets) => {
      const encoded = Buffer.from(octets).toString('base64')
      expect(decodeBase64(encoded)).toEqual(Buffer.from(octets))
      expect(decodeBase64(encoded, { lenient: true })).toEqual(Buffer.from(octets))
    }),
  )
})

test.each([
  ['the URL-safe minus', 'QUJD-QUJD', 'Illegal base64 character 2d'],
  ['the URL-safe underscore', 'QUJD_QUJD', 'Illegal base64 character 5f'],
  ['a letter of Latin-1, printed as the JDK does', 'QUéD', 'Illegal base64 character -17'],
  ['a letter beyond Latin-1', 'QU\u4e2dD', 'Illegal base64 character 3f'],
  ['a wrong character before wrong padding', 'Q*==', 'Illegal base64 character 2a'],
  ['one character', 'Q', tooShort],
  ['one padding character', '=', tooShort],
  ['a single character behind whole units', 'QUJDQ', tooFewBits],
  ['a single character with padding', 'QUJDQ===', tooFewBits],
  ['half of the padding', 'QQ=', wrongEnding],
  ['padding behind whole units', 'QUJD=', wrongEnding],
  ['padding that is interrupted', 'QQ=Q', wrongEnding],
  ['too much padding', 'QUI==', 'Input byte array has incorrect ending byte at 4'],
  ['data behind padding', 'QQ==QUJD', 'Input byte array has incorrect ending byte at 4'],
  ['stray bits in two digits', 'Zh==', strayBits],
  ['stray bits in three digits', 'QUJ=', strayBits],
])('%s is refused, strictly and leniently', (_case, text, message) => {
  expect(() => decodeBase64(text)).toThrow(refusal('SAML_BASE64', message))
  expect(() => decodeBase64(text, { lenient: true })).toThrow(refusal('SAML_BASE64', message))
})

test.each([
  ['a blank', 'QU JD', 'ABC', 'Illegal base64 character 20'],
  ['line breaks', 'QU\r\nJD\n', 'ABC', 'Illegal base64 character d'],
  ['a tab and a form feed', 'QU\tJ\fD', 'ABC', 'Illegal base64 character 9'],
  ['no padding for one octet', 'QQ', 'A', wrongEnding],
  ['no padding for two octets', 'QUI', 'AB', wrongEnding],
])('only leniently is accepted: %s', (_case, text, decoded, message) => {
  expect(decodeBase64(text, { lenient: true }).toString()).toBe(decoded)
  expect(() => decodeBase64(text)).toThrow(refusal('SAML_BASE64', message))
})

test('leniently only the white space of ASCII vanishes', () => {
  expect(() => decodeBase64('QU\u00A0JD', { lenient: true })).toThrow(
    refusal('SAML_BASE64', 'Illegal base64 character -60'),
  )
})

test('nothing decodes to nothing', () => {
  expect(decodeBase64('')).toHaveLength(0)
})
