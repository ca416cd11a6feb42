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

// The JDK's RSACipher, by which a node unwraps, asks only that it is not longer; RFC 8017 §7.1.2 step 1.b would refuse the shorter, too.
test('a wrapped key without its leading zeros is taken, as by the JDK', () => {
  expect(unwrapKey(wrappedWithLeadingZero().subarray(1), idp.privateKey, how)).toEqual(contentKey)
})

test('a wrapped key that is longer than the modulus is refused, be it by zeros', () => {
  const longer = Buffer.concat([Buffer.alloc(1), wrapKey(contentKey, idp.certificate.publicKey, how)])
  expect(() => unwrapKey(longer, idp.privateKey, how)).toThrow('data greater than mod len')
})
