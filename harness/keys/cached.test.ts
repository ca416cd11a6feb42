import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { cachedCredential } from './cached.ts'
import { pooledCredential } from './pooled.ts'

const now = Date.parse('2031-05-04T12:00:00Z')
const dayMs = 24 * 3_600_000

function cacheFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-cache-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const wanted = (folder: string, at = now, failures: string[] = []) => {
  const onNotKept = (failure: string) => void failures.push(failure)
  return { folder, name: 'idp', now: at, onNotKept }
}

test('a credential that was kept is used again, by another process too', async () => {
  const folder = join(cacheFolder(), 'deep', 'keys-v1')
  const first = await cachedCredential(wanted(folder))
  const again = await cachedCredential(wanted(folder))
  expect(again.certificatePem).toBe(first.certificatePem)
  expect(again.certificate.checkPrivateKey(again.privateKey)).toBe(true)
})

test('a certificate that was kept is handed on without its key', async () => {
  const folder = cacheFolder()
  await cachedCredential(wanted(folder))
  const { certificatePem, privateKeyPem } = await cachedCredential(wanted(folder))
  expect(certificatePem).toMatch(/^-----BEGIN CERTIFICATE-----/)
  expect(certificatePem).not.toContain('PRIVATE KEY')
  expect(privateKeyPem).not.toContain('CERTIFICATE')
})

test('only its owner can read what is kept', async () => {
  const folder = join(cacheFolder(), 'keys-v1')
  await cachedCredential(wanted(folder))
  const modes = [folder, join(folder, 'idp.pem')].map((path) => (statSync(path).mode & 0o777).toString(8))
  expect(modes).toEqual(['700', '600'])
})

test('of several that make it at once all use the same, and nothing else is left in the folder', async () => {
  const folder = cacheFolder()
  const credentials = await Promise.all([1, 2, 3, 4].map(() => cachedCredential(wanted(folder))))
  expect(new Set(credentials.map(({ certificatePem }) => certificatePem)).size).toBe(1)
  expect(readdirSync(folder)).toEqual(['idp.pem'])
})

test.each([
  ['31 days before its certificate ends it is used', 31, true],
  ['30 days before it ends another is made and kept', 30, false],
])('%s', async (_case, days, isUsed) => {
  const folder = cacheFolder()
  const first = await cachedCredential(wanted(folder))
  const later = wanted(folder, Date.parse(first.certificate.validTo) - days * dayMs)
  const second = await cachedCredential(later)
  expect(second.certificatePem === first.certificatePem).toBe(isUsed)
  expect((await cachedCredential(later)).certificatePem).toBe(second.certificatePem)
})

test.each([
  ['cut off', (pem: string) => pem.slice(0, 900)],
  ['empty', () => ''],
  ['without its certificate', (pem: string) => pem.slice(0, pem.indexOf('-----BEGIN CERTIFICATE'))],
])('a file that is %s is made anew', async (_case, damage) => {
  const folder = cacheFolder()
  await cachedCredential(wanted(folder))
  const file = join(folder, 'idp.pem')
  writeFileSync(file, damage(readFileSync(file, 'utf8')))
  const made = await cachedCredential(wanted(folder))
  expect(readFileSync(file, 'utf8')).toContain(made.certificatePem.trim())
})

test.each([
  ['below a file', 'file/keys-v1', 'a part of its path is not a folder'],
  ['with a folder in the place of the file', 'taken', 'it is a folder'],
])('where nothing can be kept, %s, the credential is that of the process', async (_case, place, failure) => {
  const folder = cacheFolder()
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'taken', 'idp.pem'), { recursive: true })
  const failures: string[] = []
  const credential = await cachedCredential(wanted(join(folder, place), now, failures))
  expect(credential).toBe(await pooledCredential(wanted(folder)))
  expect(failures).toEqual([failure])
})
