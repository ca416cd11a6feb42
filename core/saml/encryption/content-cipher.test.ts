import { createCipheriv, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { type ContentCipher, findContentCipher } from './algorithms.ts'
import { decryptContent, encryptContent } from './content-cipher.ts'

const find = (uri: string): ContentCipher => {
  const cipher = findContentCipher(uri)
  if (cipher === undefined) throw new TypeError(`no cipher ${uri}`)
  return cipher
}
const cbc = find('http://www.w3.org/2001/04/xmlenc#aes128-cbc')
const gcm = find('http://www.w3.org/2009/xmlenc11#aes128-gcm')
const key = Buffer.alloc(16, 7)

/** One block of blanks that ends in this octet, encrypted as it stands. */
function blockEndingIn(octet: number): Buffer {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
  return Buffer.concat([iv, cipher.update(Buffer.from([...Buffer.alloc(15, ' '), octet])), cipher.final()])
}

test.each([0, 17, 32, 255])('a padding of %i octets is unsound, and nothing is cut off for it', (octet) => {
  expect(decryptContent(cbc, key, blockEndingIn(octet))).toMatchObject({ isSound: false, plaintext: { length: 16 } })
})

test.each([1, 2, 16])('a padding of %i octets is cut off, whatever is in it', (octet) => {
  const { isSound, plaintext } = decryptContent(cbc, key, blockEndingIn(octet))
  expect({ isSound, length: plaintext.length }).toEqual({ isSound: true, length: 16 - octet })
})

test('the same content never encrypts to the same octets', () => {
  const encrypt = () => encryptContent(gcm, key, Buffer.from('alice')).toString('hex')
  expect(encrypt()).not.toBe(encrypt())
})

test('the octets of GCM are an IV of 12, the ciphertext and a tag of 16', () => {
  expect(encryptContent(gcm, key, Buffer.from('alice'))).toHaveLength(12 + 5 + 16)
})
