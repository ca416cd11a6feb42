import { createSign, createVerify, privateDecrypt, publicEncrypt } from 'node:crypto'
import { expect, test } from 'vitest'
import { generateKeys } from './lent-keys.test-support.ts'

test('a key that is put together for tests is as long as one that is made, and signs and decrypts for itself alone', async () => {
  const [one, other] = await Promise.all([generateKeys('RSA-2048'), generateKeys('RSA-2048')])
  expect(one.privateKey.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65_537n })
  const signature = createSign('sha256').update('octets').sign(one.privateKey)
  const verifies = ({ publicKey }: typeof one) => createVerify('sha256').update('octets').verify(publicKey, signature)
  expect([one, other].map(verifies)).toEqual([true, false])
  const encrypted = publicEncrypt(one.publicKey, Buffer.from('secret'))
  expect(privateDecrypt(one.privateKey, encrypted).toString()).toBe('secret')
})
