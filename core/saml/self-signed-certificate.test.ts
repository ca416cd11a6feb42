import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { judgeCertificate } from './oracles.test-support.ts'
import { makeSelfSignedCertificate } from './self-signed-certificate.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const make = (values: { commonName?: string; notBefore?: string; notAfter?: string } = {}) => {
  const { commonName = 'sloop idp', notBefore = '2031-05-03T12:00:00Z', notAfter = '2041-05-01T12:00:00Z' } = values
  const validity = { notBefore: Date.parse(notBefore), notAfter: Date.parse(notAfter) }
  return makeSelfSignedCertificate({ commonName, ...validity, publicKey, privateKey })
}

test('a certificate vouches for its own key and for no other', () => {
  const certificate = make()
  expect(certificate).toMatchObject({ subject: 'CN=sloop idp', issuer: 'CN=sloop idp', ca: false })
  expect(certificate.verify(publicKey)).toBe(true)
  expect(certificate.publicKey.equals(publicKey)).toBe(true)
})

test('openssl finds nothing wrong with it', async () => {
  expect(
    await judgeCertificate(make({ notBefore: '2020-01-01T00:00:00Z', notAfter: '2099-01-01T00:00:00Z' }).toString()),
  ).toMatchObject({
    accepted: true,
  })
})

test.each([
  ['2049-12-31T23:59:59Z', 'Dec 31 23:59:59 2049 GMT'],
  ['2050-01-01T00:00:00Z', 'Jan  1 00:00:00 2050 GMT'],
])('its validity ends at the second that was asked for: %s', (notAfter, shown) => {
  expect(make({ notAfter }).validTo).toBe(shown)
})

test.each(['é漢', 'n'.repeat(64), 'n'.repeat(120), 'n'.repeat(300)])('a name is taken as it is: %s', (commonName) => {
  expect(make({ commonName }).subject).toBe(`CN=${commonName}`)
})

test('two certificates never have the same serial number', () => {
  expect(make().serialNumber).not.toBe(make().serialNumber)
})
