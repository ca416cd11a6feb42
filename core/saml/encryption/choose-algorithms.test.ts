import { expect, test } from 'vitest'
import { chooseAlgorithms } from './choose-algorithms.ts'
import type { EncryptionMethod } from './encryption-method.ts'

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#'
const XMLENC11 = 'http://www.w3.org/2009/xmlenc11#'
const [gcm128, gcm256, cbc128] = [`${XMLENC11}aes128-gcm`, `${XMLENC11}aes256-gcm`, `${XMLENC}aes128-cbc`]
const [triple, rsa15] = [`${XMLENC}tripledes-cbc`, `${XMLENC}rsa-1_5`]
const [oaep, oaep11] = [`${XMLENC}rsa-oaep-mgf1p`, `${XMLENC11}rsa-oaep`]
const named = (...algorithms: readonly string[]) => algorithms.map((algorithm) => ({ algorithm }))
const chosen = (methods: readonly EncryptionMethod[]) => {
  const { cipher, transport, digest } = chooseAlgorithms(methods) ?? {}
  return cipher === undefined ? undefined : [cipher, transport, digest]
}
const sha256 = { digestUri: `${XMLENC}sha256`, maskUri: `${XMLENC11}mgf1sha256` }

test.each<[string, readonly EncryptionMethod[], readonly string[]]>([
  ['nothing', [], [gcm256, oaep, 'sha1']],
  ['a cipher', named(cbc128), [cbc128, oaep, 'sha1']],
  ['ciphers and a key transport, the first of which counts', named(gcm128, cbc128, oaep11), [gcm128, oaep11, 'sha1']],
  ['a key transport', named(oaep11), [gcm256, oaep11, 'sha1']],
  ['a key transport with its digest', [{ algorithm: oaep11, ...sha256 }], [gcm256, oaep11, 'sha256']],
  ['something unknown before a cipher', named('urn:x', gcm128), [gcm128, oaep, 'sha1']],
  ['triple DES and RSA-1_5 before better ones', named(triple, rsa15, cbc128, oaep), [cbc128, oaep, 'sha1']],
])('who names %s is encrypted for by it, else by AES-256-GCM and RSA-OAEP', (_case, methods, expected) => {
  expect(chosen(methods)).toEqual(expected)
})

test.each<[string, readonly EncryptionMethod[]]>([
  ['two methods that nobody knows', named('urn:x', 'urn:y')],
  ['triple DES alone', named(triple, oaep)],
  ['RSA-1_5 alone', named(gcm256, rsa15)],
  ['a key transport with two digests', [{ algorithm: oaep, ...sha256 }]],
])('who names %s cannot be encrypted for', (_case, methods) => {
  expect(chosen(methods)).toBeUndefined()
})
