import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Log, silentLog } from '#server/logging'
import { openKeys } from './keys.ts'

test('whoever asks for a name gets the same credential', async () => {
  const keys = openKeys({ log: silentLog })
  expect(await keys('idp')).toBe(await keys('idp'))
  expect(await keys('sp')).not.toBe(await keys('idp'))
})

test('two runs of a process share the credentials that are nowhere kept', async () => {
  expect(await openKeys({ log: silentLog })('idp')).toBe(await openKeys({ log: silentLog })('idp'))
})

test('a cache that cannot be used is one warning, however many keys there are', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'sloop-keys-')), 'file')
  onTestFinished(() => rmSync(file))
  writeFileSync(file, '')
  const warnings: object[] = []
  const log: Log = { ...silentLog, warn: (facts, message) => void warnings.push({ ...facts, message }) }
  const keys = openKeys({ keysCache: file, log })
  await Promise.all([keys('idp'), keys('sp')])
  expect(warnings).toEqual([
    {
      code: 'KEYS_NOT_KEPT',
      folder: file,
      failure: 'a part of its path is not a folder',
      message: 'signing keys cannot be kept, so that they are others after the next start',
    },
  ])
})
