import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { findDigestAlgorithm, findSignatureAlgorithm, fitsKey, RSA_SHA256 } from './algorithms.ts'

test.each([
  [RSA_SHA256, 'rsa', 'sha256', false],
  ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'rsa', 'sha1', true],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', 'ec', 'sha512', false],
] as const)('%s is known by its exact URI', (uri, keyType, digest, weak) => {
  expect(findSignatureAlgorithm(uri)).toEqual({ uri, keyType, digest, weak })
})

test.each([
  ['MD5', 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5'],
  ['HMAC', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'],
  ['DSA', 'http://www.w3.org/2000/09/xmldsig#dsa-sha1'],
  ['PSS', 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1'],
  ['a short name', 'RSA-SHA256'],
  ['another case', RSA_SHA256.toUpperCase()],
  ['a trailing blank', `${RSA_SHA256} `],
  ['another address with the same ending', 'urn:anything#rsa-sha256'],
  ['nothing', ''],
  ['a property that every object has', 'constructor'],
])('%s is no signature algorithm', (_case, uri) => {
  expect(findSignatureAlgorithm(uri)).toBeUndefined()
})

test('digest algorithms are known by their exact URI', () => {
  expect(findDigestAlgorithm('http://www.w3.org/2001/04/xmldsig-more#sha384')).toMatchObject({
    digest: 'sha384',
    weak: false,
  })
  expect(findDigestAlgorithm('http://www.w3.org/2000/09/xmldsig#sha1')).toMatchObject({ digest: 'sha1', weak: true })
  expect(findDigestAlgorithm('http://www.w3.org/2001/04/xmldsig-more#md5')).toBeUndefined()
})

test('an algorithm fits only keys of its own kind', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).publicKey
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  const algorithm = findSignatureAlgorithm(RSA_SHA256)
  expect([rsa, pss, ec].map((key) => algorithm && fitsKey(algorithm, key))).toEqual([true, false, false])
})
