import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { deflate, inflate } from './deflate.ts'

const stream = deflate('<a/>')
const bomb = deflateRawSync(Buffer.alloc(50_000_000, 'a'))

test('C056 what is deflated is inflated to the same octets', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => inflate(deflate(text)).equals(Buffer.from(text))))
})

test.each([
  ['a zlib wrapper', deflateSync('<a/>'), false],
  ['a gzip wrapper', gzipSync('<a/>'), false],
  ['no compression', Buffer.from('<samlp:LogoutRequest/>'), false],
  ['a truncated stream', stream.subarray(0, -2), true],
  ['nothing', Buffer.alloc(0), true],
])('%s is refused', (_case, octets, truncated) => {
  expect(() => inflate(octets)).toThrow(
    expect.objectContaining({
      code: 'SAML_DEFLATE',
      message: expect.stringMatching(/^the message is not raw DEFLATE: ./),
      facts: { truncated },
    }),
  )
})

test('what stands behind the stream is refused, and ignored leniently', () => {
  const trailed = Buffer.concat([stream, Buffer.from('evil')])
  expect(inflate(trailed, { lenient: true }).toString()).toBe('<a/>')
  expect(() => inflate(trailed)).toThrow(refusal('SAML_DEFLATE', '4 bytes stand behind the end of the DEFLATE stream'))
})

test('a second stream is refused, and ignored leniently', () => {
  const two = Buffer.concat([stream, deflate('<b/>')])
  expect(inflate(two, { lenient: true }).toString()).toBe('<a/>')
  expect(() => inflate(two)).toThrow(
    refusal('SAML_DEFLATE', `${deflate('<b/>').length} bytes stand behind the end of the DEFLATE stream`),
  )
})

test('a message may inflate to 262144 bytes and no more', () => {
  expect(inflate(deflate('a'.repeat(262_144)))).toHaveLength(262_144)
  expect(() => inflate(deflate('a'.repeat(262_145)))).toThrow(
    refusal('SAML_TOO_LARGE', 'the message inflates to more than 262144 bytes'),
  )
})

test('50 MB in 49 kB are refused at the limit, leniently too', () => {
  expect(() => inflate(bomb, { lenient: true })).toThrow(
    refusal('SAML_TOO_LARGE', 'the message inflates to more than 262144 bytes'),
  )
})
