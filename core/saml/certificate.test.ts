import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeCertificate } from './certificate.ts'
import { generateKeys } from './key-pair.ts'
import { judgeCertificate } from './oracles.test-support.ts'

const { publicKey, privateKey } = await generateKeys('RSA-2048')
const make = (values: { commonName?: string; notBefore?: string; notAfter?: string } = {}) => {
  const { commonName = 'sloop idp', notBefore = '2031-05-03T12:00:00Z', notAfter = '2041-05-01T12:00:00Z' } = values
  const validity = { notBefore: Date.parse(notBefore), notAfter: Date.parse(notAfter) }
  return makeCertificate({ commonName, ...validity, publicKey, privateKey })
}

test('a certificate vouches for its own key and for no other', async () => {
  const certificate = await make()
  expect(certificate).toMatchObject({ subject: 'CN=sloop idp', issuer: 'CN=sloop idp', ca: false })
  expect(certificate.verify(publicKey)).toBe(true)
  expect(certificate.publicKey.equals(publicKey)).toBe(true)
})

test('openssl finds nothing wrong with it', async () => {
  expect(
    await judgeCertificate(
      (await make({ notBefore: '2020-01-01T00:00:00Z', notAfter: '2099-01-01T00:00:00Z' })).toString(),
    ),
  ).toMatchObject({
    accepted: true,
  })
})

test.each(['P-256', 'P-384'])('openssl finds nothing wrong with one for a key on %s', async (namedCurve) => {
  const validity = { notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2099, 0, 1) }
  const certificate = await makeCertificate({
    commonName: 'ec',
    ...validity,
    ...generateKeyPairSync('ec', { namedCurve }),
  })
  expect(await judgeCertificate(certificate.toString())).toMatchObject({ accepted: true })
})

test.each([
  ['2049-12-31T23:59:59Z', 'Dec 31 23:59:59 2049 GMT'],
  ['2050-01-01T00:00:00Z', 'Jan  1 00:00:00 2050 GMT'],
])('its validity ends at the second that was asked for: %s', async (notAfter, shown) => {
  expect((await make({ notAfter })).validTo).toBe(shown)
})

test.each(['é漢', 'n'.repeat(64), 'n'.repeat(120), 'n'.repeat(300), 'a=b', 'a;b', '#a'])(
  'a name is taken as it is: %s',
  async (commonName) => {
    expect((await make({ commonName })).toLegacyObject().subject.CN).toBe(commonName)
  },
)

test('a name with signs that a distinguished name uses stays one name', async () => {
  const { subject } = await make({ commonName: 'a, O=b + "c"' })
  expect(subject.replaceAll('\\', '')).toBe('CN=a, O=b + "c"')
})

test('two certificates never have the same serial number', async () => {
  expect((await make()).serialNumber).not.toBe((await make()).serialNumber)
})

const elliptic = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const validity = { notBefore: Date.parse('2020-01-01T00:00:00Z'), notAfter: Date.parse('2099-01-01T00:00:00Z') }

test('an authority vouches for the certificate of a server, by its names and addresses', async () => {
  const authority = elliptic()
  const ca = await makeCertificate({ commonName: 'ca', ...validity, ...authority, use: 'authority' })
  const issuer = {
    certificatePem: ca.toString(),
    privateKeyPem: authority.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  const use = ['idp.localhost', '127.0.0.1', '::1']
  const server = await makeCertificate({ commonName: 'server', ...validity, ...elliptic(), use, issuer })
  expect([ca.ca, server.ca]).toEqual([true, false])
  expect(server.checkIssued(ca)).toBe(true)
  expect(server.verify(ca.publicKey)).toBe(true)
  expect([server.checkHost('idp.localhost'), server.checkIP('127.0.0.1'), server.checkIP('::1')]).toEqual([
    'idp.localhost',
    '127.0.0.1',
    '::1',
  ])
  expect(server.checkHost('app.localhost')).toBeUndefined()
})
