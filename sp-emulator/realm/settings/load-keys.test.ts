import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { spKey, strangerKey } from '../test-realm.test-support.ts'
import type { KeySettings } from './key-settings.ts'
import { joinKeystores, makeKeystore } from './keystore.test-support.ts'
import { loadKeys } from './load-keys.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sloop-keys-'))
  await put('sp.key', spKey.privateKeyPem)
  await put('sp.crt', spKey.certificatePem)
})

afterEach(() => rm(folder, { recursive: true }))

const put = (name: string, content: string | Buffer) => writeFile(join(folder, name), content)
const load = (settings: KeySettings | undefined) =>
  loadKeys(settings, { folder, settings: { name: 'saml1', section: 'x.saml1', values: new Map() } })
const loadPem = (passphrase?: string, alias?: string) =>
  load({
    use: 'signing',
    alias,
    source: { kind: 'pem', keyPath: 'sp.key', certificatePath: 'sp.crt', passphrase },
  })
const loadKeystore = (password = 'secret') =>
  load({ use: 'encryption', alias: undefined, source: { kind: 'keystore', path: 'keys.p12', password } })
const refusal = (message: unknown) => expect.objectContaining({ constructor: ConfigError, message })
const inOneLine = (beginning: RegExp) => refusal(expect.stringMatching(new RegExp(`^${beginning.source}.*$`)))
const cipher = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' } as const

test('no settings are no keys', async () => {
  expect(await load(undefined)).toEqual([])
})

test('a key is read from PEM files', async () => {
  const [key] = await loadPem()
  expect(key?.privateKey.equals(spKey.privateKey)).toBe(true)
  expect(key?.certificate.fingerprint256).toBe(spKey.certificate.fingerprint256)
})

test('an encrypted key is opened with its passphrase', async () => {
  await put('sp.key', spKey.privateKey.export(cipher).toString())
  const [key] = await loadPem('secret')
  expect(key?.privateKey.equals(spKey.privateKey)).toBe(true)
})

test('a wrong passphrase is refused in one line', async () => {
  await put('sp.key', spKey.privateKey.export(cipher).toString())
  await expect(loadPem('wrong')).rejects.toThrow(
    refusal(
      'the setting [x.saml1.signing.key] cannot be used: the private key cannot be read: its passphrase is another one',
    ),
  )
})

test.each([
  ['sp.key', 'the private key'],
  ['sp.crt', 'the certificate'],
])('a file %s that is none is refused in one line', async (name, what) => {
  await put(name, 'none')
  await expect(loadPem()).rejects.toThrow(
    inOneLine(new RegExp(`the setting \\[x\\.saml1\\.signing\\.key\\] cannot be used: ${what} cannot be read: `)),
  )
})

test('a key and a certificate that do not belong together are refused', async () => {
  await put('sp.crt', strangerKey.certificatePem)
  await expect(loadPem()).rejects.toThrow(
    refusal('the setting [x.saml1.signing.key] cannot be used: the private key does not belong to the certificate'),
  )
})

test('a key that is not RSA is none', async () => {
  const make =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=ec -keyout sp.key -out sp.crt'
  await promisify(execFile)('openssl', make.split(' '), { cwd: folder })
  await expect(loadPem()).rejects.toThrow(
    refusal('The configured key store for x.saml1.signing. does not contain any RSA key pairs'),
  )
})

test('the key of PEM files has the alias [key]', async () => {
  expect(await loadPem(undefined, 'key')).toHaveLength(1)
})

test('every key of a keystore decrypts', async () => {
  const one = await makeKeystore(spKey, { more: ['-name', 'one', '-nomac'] })
  const two = await makeKeystore(strangerKey, { more: ['-name', 'two', '-nomac'] })
  await put('keys.p12', joinKeystores(one, two))
  const keys = await loadKeystore()
  expect(keys.map(({ certificate }) => certificate.subject)).toEqual(['CN=sp.test', 'CN=stranger.test'])
})

test('a keystore that cannot be opened is refused by its setting', async () => {
  await put('keys.p12', await makeKeystore(spKey))
  await expect(loadKeystore('wrong')).rejects.toThrow(
    refusal('the setting [x.saml1.encryption.keystore.path] cannot be used: its password is another'),
  )
})

test('a keystore that is not there is refused with its path', async () => {
  await expect(loadKeystore()).rejects.toThrow(
    refusal(
      `the setting [x.saml1.encryption.keystore.path] names [${join(folder, 'keys.p12')}], which cannot be read: there is no such file`,
    ),
  )
})
