import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { RSA_SHA256 } from '../algorithms.ts'
import { idp, idpKeys, stranger, strangerKeys, trustKey } from '../credentials.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { lenientPolicy, strictPolicy } from './policy.ts'
import { signingAlgorithm, signOctets, verifyQuerySignature } from './query-signature.ts'

const octets = Buffer.from('SAMLRequest=abc%2b&SigAlg=x')
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const rsaSha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
const signedWith = (key: KeyObject, digest: string, algorithm = RSA_SHA256, signed: Buffer = octets) => {
  return { algorithm, value: sign(digest, signed, key), octets }
}
const notVerified = (keys: number) =>
  refusal('SAML_SIGNATURE', `the signature does not verify with any of ${keys} trusted keys`)

test('what is signed here is verified here', async () => {
  const value = Buffer.from(await signOctets(octets.toString(), idp), 'base64')
  expect(() =>
    verifyQuerySignature({ algorithm: signingAlgorithm(idp), value, octets }, idpKeys, strictPolicy),
  ).not.toThrow()
})

test.each(['sha256', 'sha384', 'sha512'])('RSA with %s is accepted', (digest) => {
  const signature = signedWith(idp.privateKey, digest, `${more}rsa-${digest}`)
  expect(() => verifyQuerySignature(signature, idpKeys, strictPolicy)).not.toThrow()
})

test.each([
  ['P-256', 'sha256'],
  ['P-384', 'sha384'],
  ['P-521', 'sha512'],
])('ECDSA on %s with %s is accepted in DER', (namedCurve, digest) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  const signature = signedWith(privateKey, digest, `${more}ecdsa-${digest}`)
  expect(() => verifyQuerySignature(signature, [trustKey(publicKey)], strictPolicy)).not.toThrow()
})

test('any one of several trusted keys may have signed', () => {
  const signature = signedWith(idp.privateKey, 'sha256')
  expect(() => verifyQuerySignature(signature, [...strangerKeys, ...idpKeys], strictPolicy)).not.toThrow()
})

test('SHA-1 is too weak for the strict policy and good enough for the lenient one', () => {
  const signature = signedWith(idp.privateKey, 'sha1', rsaSha1)
  expect(() => verifyQuerySignature(signature, idpKeys, lenientPolicy)).not.toThrow()
  expect(() => verifyQuerySignature(signature, idpKeys, strictPolicy)).toThrow(
    refusal('SAML_ALGORITHM', `the signature algorithm [${rsaSha1}] is too weak to be believed`),
  )
})

test('an RSA key of 1024 bits is no candidate under the strict policy', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const signature = signedWith(privateKey, 'sha256')
  expect(() => verifyQuerySignature(signature, [trustKey(publicKey)], lenientPolicy)).not.toThrow()
  expect(() => verifyQuerySignature(signature, [trustKey(publicKey)], strictPolicy)).toThrow(notVerified(1))
})

test.each([
  ['another key', signedWith(stranger.privateKey, 'sha256')],
  ['other octets', signedWith(idp.privateKey, 'sha256', RSA_SHA256, Buffer.from('SAMLRequest=abc%2B&SigAlg=x'))],
  ['another digest than declared', signedWith(idp.privateKey, 'sha256', `${more}rsa-sha512`)],
  ['ECDSA declared for an RSA key', signedWith(idp.privateKey, 'sha256', `${more}ecdsa-sha256`)],
  ['no octets at all', { algorithm: RSA_SHA256, value: Buffer.alloc(0), octets }],
  ['random octets', { algorithm: RSA_SHA256, value: Buffer.alloc(256, 7), octets }],
])('a signature is refused with %s', (_case, signature) => {
  expect(() => verifyQuerySignature(signature, idpKeys, lenientPolicy)).toThrow(notVerified(1))
})

test('without trusted keys nothing is verified', () => {
  expect(() => verifyQuerySignature(signedWith(idp.privateKey, 'sha256'), [], lenientPolicy)).toThrow(notVerified(0))
})

test('the facts of a refusal say how many keys fitted the algorithm', () => {
  const signature = signedWith(idp.privateKey, 'sha256', `${more}ecdsa-sha256`)
  expect(() => verifyQuerySignature(signature, idpKeys, lenientPolicy)).toThrow(
    expect.objectContaining({ facts: { algorithm: `${more}ecdsa-sha256`, trustedKeys: 1, fittingKeys: 0 } }),
  )
})

test.each([
  ['MD5', `${more}rsa-md5`],
  ['HMAC keyed with a certificate', `${more}hmac-sha256`],
  ['an unknown address', 'urn:anything#sha256'],
  ['a short name', 'RSA-SHA256'],
  ['a trailing blank', `${RSA_SHA256} `],
  ['nothing', ''],
])('an algorithm is accepted by its exact URI only: %s', (_case, algorithm) => {
  expect(() => verifyQuerySignature(signedWith(idp.privateKey, 'sha256', algorithm), idpKeys, lenientPolicy)).toThrow(
    refusal('SAML_ALGORITHM', `the signature algorithm [${algorithm}] is not supported`),
  )
})
