import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Log, silentLog } from '#server/logging'
import type { SharedStore } from '#server/store/store'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { openKeys } from './keys.ts'

test('whoever asks for a name gets the same credential', async () => {
  const keys = openKeys({ log: silentLog })
  expect(await keys('idp')).toBe(await keys('idp'))
  expect(await keys('sp')).not.toBe(await keys('idp'))
})

test('two runs of a process share the credentials that are nowhere kept', async () => {
  expect(await openKeys({ log: silentLog })('idp')).toBe(await openKeys({ log: silentLog })('idp'))
})

test('a credential that could not be had while the store was away is had by whoever asks later', async () => {
  const outages = [new StoreUnavailable('the store is away')]
  const store: Pick<SharedStore, 'first' | 'said'> = {
    first: async (_name, text) => text,
    async said() {
      for (const outage of outages.splice(0)) throw outage
      return undefined
    },
  }
  const keys = openKeys({ log: silentLog, shared: { store: Promise.resolve(store as SharedStore), under: 'labs/' } })
  await expect(keys('idp')).rejects.toThrow(new StoreUnavailable('the store is away'))
  expect((await keys('idp')).certificatePem).toContain('BEGIN CERTIFICATE')
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
