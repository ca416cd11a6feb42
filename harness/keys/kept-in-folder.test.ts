import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { keptCredential } from './kept-in-folder.ts'

const now = Date.parse('2031-05-04T12:00:00Z')

function keysFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-keys-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const kept = (folder: string, name = 'idp') => keptCredential({ folder, setting: 'keysFolder', name, now })

test('a credential that was kept is used again', async () => {
  const folder = keysFolder()
  const first = await kept(folder)
  expect((await kept(folder)).certificatePem).toBe(first.certificatePem)
})

test('what stands in the files counts, also where they were read before', async () => {
  const [folder, other] = [keysFolder(), keysFolder()]
  await kept(folder)
  expect((await kept(folder)).privateKey).toBe((await kept(folder)).privateKey)
  const { privateKeyPem, certificatePem } = await kept(other)
  writeFileSync(join(folder, 'idp.key'), privateKeyPem)
  writeFileSync(join(folder, 'idp.crt'), certificatePem)
  expect(await kept(folder)).toMatchObject({ privateKeyPem, certificatePem })
})

test('the folder is made, and only its owner can read the private key', async () => {
  const folder = join(keysFolder(), 'deep', 'keys')
  await kept(folder)
  expect((statSync(join(folder, 'idp.key')).mode & 0o777).toString(8)).toBe('600')
})

test('each name has its own credential', async () => {
  const folder = keysFolder()
  expect((await kept(folder, 'sp')).certificatePem).not.toBe((await kept(folder, 'idp')).certificatePem)
})

test('a key without its certificate is refused', async () => {
  const folder = keysFolder()
  await kept(folder)
  rmSync(join(folder, 'idp.crt'))
  await expect(kept(folder)).rejects.toThrow(
    new ConfigError(
      `keysFolder: cannot read ${folder}/idp.crt: there is no such file, expected the certificate of idp.key in PEM`,
    ),
  )
})

test('a key file that cannot be read is named', async () => {
  const folder = keysFolder()
  mkdirSync(join(folder, 'idp.key'))
  await expect(kept(folder)).rejects.toThrow(
    new ConfigError(
      `keysFolder: cannot read ${folder}/idp.key: it is a folder, expected the private key of idp.crt in PEM`,
    ),
  )
})

test('a file that is no key is refused', async () => {
  const folder = keysFolder()
  await kept(folder)
  writeFileSync(join(folder, 'idp.key'), 'no key')
  const refusal = kept(folder)
  await expect(refusal).rejects.toThrow(ConfigError)
  await expect(refusal).rejects.toThrow(
    `keysFolder: cannot use ${folder}/idp.key with ${folder}/idp.crt: the private key cannot be read`,
  )
})

test('a key that does not belong to the certificate is refused', async () => {
  const folder = keysFolder()
  await kept(folder)
  await kept(folder, 'sp')
  writeFileSync(join(folder, 'idp.crt'), readFileSync(join(folder, 'sp.crt')))
  await expect(kept(folder)).rejects.toThrow(
    new ConfigError(
      `keysFolder: cannot use ${folder}/idp.key with ${folder}/idp.crt: the private key does not belong to the certificate`,
    ),
  )
})

test('a file where the folder should be is told by what cannot be made in it', async () => {
  const file = join(keysFolder(), 'file')
  writeFileSync(file, '')
  await expect(kept(file)).rejects.toThrow(
    new ConfigError(
      `keysFolder: cannot make ${file}/idp.crt: a part of its path is not a folder, expected a folder to keep keys in`,
    ),
  )
})

test('a folder that cannot be made is named', async () => {
  const file = join(keysFolder(), 'file')
  writeFileSync(file, '')
  await expect(kept(join(file, 'keys'))).rejects.toThrow(
    new ConfigError(
      `keysFolder: cannot make ${file}/keys: a part of its path is not a folder, expected a folder to keep keys in`,
    ),
  )
})

test('of several that make it at once all use the same, and nothing else is left in the folder', async () => {
  const folder = keysFolder()
  const credentials = await Promise.all([1, 2, 3, 4].map(() => kept(folder)))
  expect(new Set(credentials.map(({ certificatePem }) => certificatePem)).size).toBe(1)
  expect(readdirSync(folder).sort()).toEqual(['idp.crt', 'idp.key'])
})
