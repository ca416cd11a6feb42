import { expect, test } from 'vitest'
import type { SettingValue } from './flat-settings.ts'
import { readMetadataSettings } from './metadata-settings.ts'
import { SettingReader } from './setting-reader.ts'
import { section, settingsOf } from './settings.test-support.ts'

const http = 'idp.metadata.http'
const url = 'https://idp.test/metadata'
const read = (given: Record<string, SettingValue> = {}) =>
  readMetadataSettings(new SettingReader(settingsOf({ 'idp.metadata.path': url, ...given })))

test('metadata behind an address is fetched as at a node', () => {
  expect(read()).toEqual({
    kind: 'https',
    url,
    schedule: { refreshMs: 3_600_000, minimumRefreshMs: 300_000 },
    failOnError: false,
    timeoutMs: 15_000,
    authorityPaths: [],
    verificationMode: 'full',
  })
})

test('every setting of fetching has its place', () => {
  const given = {
    [`${http}.refresh`]: '10m',
    [`${http}.minimum_refresh`]: '500ms',
    [`${http}.fail_on_error`]: 'true',
    [`${http}.connect_timeout`]: '1s',
    [`${http}.read_timeout`]: '2s',
    'ssl.certificate_authorities': ['a.pem', 'b.pem'],
    'ssl.verification_mode': 'certificate',
  }
  expect(read(given)).toMatchObject({
    schedule: { refreshMs: 600_000, minimumRefreshMs: 500 },
    failOnError: true,
    timeoutMs: 3_000,
    authorityPaths: ['a.pem', 'b.pem'],
    verificationMode: 'certificate',
  })
})

test('the usual minimum is lowered to a shorter refresh', () => {
  expect(read({ [`${http}.refresh`]: '1m' })).toMatchObject({
    schedule: { refreshMs: 60_000, minimumRefreshMs: 60_000 },
  })
})

test('a minimum that was set may not be greater than the refresh', () => {
  expect(() => read({ [`${http}.refresh`]: '1m', [`${http}.minimum_refresh`]: '61s' })).toThrow(
    `the value (61s) for [${section}.${http}.minimum_refresh] cannot be greater than the value (1m) for [${section}.${http}.refresh]`,
  )
})

test('a minimum that was set may not be greater than the usual refresh', () => {
  expect(() => read({ [`${http}.minimum_refresh`]: '2h' })).toThrow(
    `the value (2h) for [${section}.${http}.minimum_refresh] cannot be greater than the value (1h) for [${section}.${http}.refresh]`,
  )
})

test('a minimum is at least half a second', () => {
  expect(() => read({ [`${http}.minimum_refresh`]: '499ms' })).toThrow(
    `failed to parse value [499ms] for setting [${section}.${http}.minimum_refresh], must be >= [500ms]`,
  )
})

test('T82: http is refused', () => {
  expect(() => read({ 'idp.metadata.path': 'http://idp.test/' })).toThrow(
    `the setting [${section}.idp.metadata.path] is [http://idp.test/]: The [http] protocol is not supported as it is insecure. Use [https] instead`,
  )
})

test('who may answer is verified in one of three ways', () => {
  expect(() => read({ 'ssl.verification_mode': 'some' })).toThrow(
    'could not resolve ssl verification mode, unknown value [some], recognised values are [full,certificate,none]',
  )
})

test('for a file the settings of fetching mean nothing', () => {
  expect(read({ 'idp.metadata.path': 'idp.xml', [`${http}.refresh`]: '1m' })).toEqual({
    kind: 'file',
    path: 'idp.xml',
    ignored: [`${section}.${http}.refresh`],
  })
})
