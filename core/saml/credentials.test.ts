import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { idp, madeAt, stranger } from './credentials.test-support.ts'
import {
  certificateBase64,
  generateCredential,
  readCertificate,
  readCredential,
  readPrivateKey,
} from './credentials.ts'
import { refusal } from './refusals.test-support.ts'

test('C117 a generated credential is RSA-2048 and bears the name it was given', () => {
  expect(idp.privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
  expect(idp.certificate.subject).toBe('CN=idp.test')
  expect(idp.certificate.checkPrivateKey(idp.privateKey)).toBe(true)
})

test('a generated certificate is valid a day before it was made and for ten years', () => {
  expect(Date.parse(idp.certificate.validFrom)).toBe(madeAt - 24 * 3_600_000)
  expect(Date.parse(idp.certificate.validTo)).toBe(madeAt + 3650 * 24 * 3_600_000)
})

test('two generated credentials share nothing', () => {
  expect(idp.privateKeyPem).not.toBe(stranger.privateKeyPem)
  expect(idp.certificate.serialNumber).not.toBe(stranger.certificate.serialNumber)
})

test('a credential is read from its two PEM texts', () => {
  const { privateKeyPem, certificatePem } = idp
  expect(readCredential({ privateKeyPem, certificatePem }).certificate.fingerprint256).toBe(
    idp.certificate.fingerprint256,
  )
})

test.each([
  ['the private key', { privateKeyPem: 'x', certificatePem: idp.certificatePem }],
  ['the certificate', { privateKeyPem: idp.privateKeyPem, certificatePem: 'x' }],
])('%s that is no PEM is refused by name', (what, pem) => {
  expect(() => readCredential(pem)).toThrow(
    expect.objectContaining({
      code: 'SAML_KEY',
      message: expect.stringMatching(new RegExp(`^${what} cannot be read: `)),
    }),
  )
})

const cipher = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' } as const

test('an encrypted key is read with its passphrase', () => {
  expect(readPrivateKey(idp.privateKey.export(cipher).toString(), 'secret').equals(idp.privateKey)).toBe(true)
})

test.each([
  ['no key', 'none', undefined, 'it is no private key in PEM'],
  ['a certificate', idp.certificatePem, undefined, 'it is no private key in PEM'],
  ['half a key', idp.privateKeyPem.slice(0, 400), undefined, 'its PEM is damaged, or of a kind that is not known here'],
  ['no passphrase', idp.privateKey.export(cipher).toString(), undefined, 'it is encrypted, and no passphrase is given'],
  ['a wrong passphrase', idp.privateKey.export(cipher).toString(), 'wrong', 'its passphrase is another one'],
])('%s is refused in words for people', (_what, pem, passphrase, complaint) => {
  expect(() => readPrivateKey(pem, passphrase)).toThrow(
    refusal('SAML_KEY', `the private key cannot be read: ${complaint}`),
  )
})

test('a key of another certificate is refused', () => {
  const pem = { privateKeyPem: stranger.privateKeyPem, certificatePem: idp.certificatePem }
  expect(() => readCredential(pem)).toThrow(refusal('SAML_KEY', 'the private key does not belong to the certificate'))
})

test.each(['P-256', 'P-384'] as const)('a generated credential may be on %s', async (kind) => {
  const made = await generateCredential('ec.test', madeAt, { kind })
  expect(readCredential(made).privateKey.equals(made.privateKey)).toBe(true)
})

test('a generated credential may have more bits', async () => {
  const { privateKey } = await generateCredential('rsa.test', madeAt, { kind: 'RSA-3072' })
  expect(privateKey.asymmetricKeyDetails?.modulusLength).toBe(3072)
})

test('a key on P-256 is refused where only RSA is taken', async () => {
  const made = await generateCredential('ec.test', madeAt, { kind: 'P-256' })
  expect(() => readCredential(made, { rsaOnly: true })).toThrow(
    refusal('SAML_KEY', 'the private key is of type ec on prime256v1, expected rsa'),
  )
})

test.each([
  ['ec on secp521r1', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521']],
  ['ec on secp256k1', ['ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1']],
  ['ed25519', ['ed25519']],
])('a key that could not sign here is refused: %s', async (type, [kind = '', ...options]) => {
  const folder = await mkdtemp(join(tmpdir(), 'sloop-keys-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [key, crt] = [join(folder, 'key.pem'), join(folder, 'crt.pem')]
  const made = ['-newkey', kind, ...options, '-nodes', '-keyout', key, '-subj', '/CN=x', '-out', crt]
  await promisify(execFile)('openssl', ['req', '-x509', ...made])
  const [privateKeyPem, certificatePem] = [await readFile(key, 'utf8'), await readFile(crt, 'utf8')]
  expect(() => readCredential({ privateKeyPem, certificatePem })).toThrow(
    refusal('SAML_KEY', `the private key is of type ${type}, expected rsa, or ec on P-256 or P-384`),
  )
})

test('a certificate survives its base64, broken into lines or not', () => {
  const oneLine = certificateBase64(idp.certificate)
  expect(oneLine).toMatch(/^[A-Za-z0-9+/]+=*$/)
  expect(readCertificate(oneLine.replace(/.{64}/g, '$&\r\n')).fingerprint256).toBe(idp.certificate.fingerprint256)
})

test('a bare public key is no certificate', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const base64 = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  expect(() => readCertificate(base64)).toThrow(
    expect.objectContaining({ code: 'SAML_KEY', message: expect.stringMatching(/^the certificate cannot be read: /) }),
  )
})
