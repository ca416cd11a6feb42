import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { spKey, strangerKey } from '../test-realm.test-support.ts'
import { joinKeystores, makeKeystore, openssl } from './keystore.test-support.ts'
import { readKeystore } from './keystore.ts'

const named = (name: string) => ({ more: ['-name', name] })
const unchecked = (name: string) => ({ more: ['-name', name, '-nomac'] })
const aliasesIn = (octets: Buffer, password = 'secret') => readKeystore(octets, password).map(({ alias }) => alias)

test.each([
  ['as openssl encrypts today', []],
  ['as openssl and Java encrypted before', ['-legacy']],
  ['without a check of its integrity', ['-nomac']],
])('a key is read with its certificate and its name, %s', async (_how, more) => {
  const [entry] = readKeystore(await makeKeystore(spKey, { more: ['-name', 'Sp', ...more] }), 'secret')
  expect(entry?.alias).toBe('Sp')
  expect(entry?.privateKey.equals(spKey.privateKey)).toBe(true)
  expect(entry?.certificatePem).toBe(spKey.certificate.toString())
})

test('a key without a name has its number', async () => {
  expect(aliasesIn(await makeKeystore(spKey))).toEqual(['1'])
})

test('several keys are read, each with its own certificate', async () => {
  const both = joinKeystores(
    await makeKeystore(spKey, unchecked('one')),
    await makeKeystore(strangerKey, unchecked('two')),
  )
  const entries = readKeystore(both, 'secret')
  expect(entries.map(({ alias }) => alias)).toEqual(['one', 'two'])
  expect(entries.map(({ certificatePem }) => certificatePem)).toEqual(
    [spKey, strangerKey].map(({ certificate }) => certificate.toString()),
  )
})

test('a key that is not RSA is read too', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const request = ['req', '-x509', '-new', '-key', 'a.key', '-subj', '/CN=ec', '-out', 'a.crt']
  const certificatePem = (await openssl(request, { 'a.key': privateKeyPem }, 'a.crt')).toString()
  const [entry] = readKeystore(await makeKeystore({ privateKeyPem, certificatePem }), 'secret')
  expect(entry?.privateKey.equals(privateKey)).toBe(true)
})

test('a keystore may have an empty password', async () => {
  expect(aliasesIn(await makeKeystore(spKey, { password: '', ...named('sp') }), '')).toEqual(['sp'])
})

test.each([[named('sp')], [unchecked('sp')]])('another password is refused', async (how) => {
  const octets = await makeKeystore(spKey, how)
  expect(() => readKeystore(octets, 'wrong')).toThrow(/^its password is another$/)
})

test('a JKS keystore is refused with the way out', () => {
  expect(() => readKeystore(Buffer.from('feedfeed00000002', 'hex'), 'secret')).toThrow(
    /^it is a JKS keystore; keytool -importkeystore -deststoretype pkcs12 makes one that can be read$/,
  )
})

test.each(['', 'nonsense', '0\u0003\u0002\u0001\u0003'])('%j is no keystore', (text) => {
  expect(() => readKeystore(Buffer.from(text), 'secret')).toThrow(/^it is no PKCS#12 keystore$/)
})

test('a key without its certificate is refused', async () => {
  const files = { 'a.key': spKey.privateKeyPem }
  const args = ['pkcs12', '-export', '-nocerts', '-inkey', 'a.key', '-name', 'sp', '-passout', 'pass:secret']
  const octets = await openssl([...args, '-out', 'a.p12'], files, 'a.p12')
  expect(() => readKeystore(octets, 'secret')).toThrow(/^the key \[sp\] has no certificate in it$/)
})
