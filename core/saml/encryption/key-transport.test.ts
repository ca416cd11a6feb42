import { expect, test } from 'vitest'
import { idp } from '../credentials.test-support.ts'
import { unwrapKey, wrapKey } from './key-transport.ts'

const how = { digest: 'sha1', label: Buffer.alloc(0) } as const
const contentKey = Buffer.alloc(16, 1)

/** One of about 256 begins with a zero. */
function wrappedWithLeadingZero(): Buffer {
  for (;;) {
    const wrapped = wrapKey(contentKey, idp.certificate.publicKey, how)
    if (wrapped[0] === 0) return wrapped
  }
}

// RFC 8017 §7.1.2 step 1.b
test('a wrapped key is as long as the modulus: the same number in fewer octets, or in more, is refused', () => {
  const wrapped = wrappedWithLeadingZero()
  expect(unwrapKey(wrapped, idp.privateKey, how)).toEqual(contentKey)
  expect(() => unwrapKey(wrapped.subarray(1), idp.privateKey, how)).toThrow('another length than the modulus')
  const longer = Buffer.concat([Buffer.alloc(1), wrapped])
  expect(() => unwrapKey(longer, idp.privateKey, how)).toThrow('another length than the modulus')
})
