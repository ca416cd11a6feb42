import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '#server/config'
import type { RoleOptions } from '../roles/role-options.ts'
import { loadWorld } from '../world/load-world.ts'

function sloopYml(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-clocks-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'sloop.yml')
  writeFileSync(path, text)
  return path
}

const clocksOf = async (options: RoleOptions) => (await loadWorld(options)).clocks.all()

test('the clocks of a sloop.yml are shifted or stand, whoever says nothing has the machine time', async () => {
  const path = sloopYml('clocks: { idp: { shiftMs: -300000 }, app: { frozenAt: 2026-01-01T00:00:00Z } }\n')
  const app = { frozenAt: '2026-01-01T00:00:00Z' }
  expect(await clocksOf({ sloopYml: path })).toEqual({ idp: { shiftMs: -300_000 }, es: {}, app })
})

test('a partner that only a flag asks for has a clock, too', async () => {
  const world = { clocks: { partner: { shiftMs: 1 } } }
  expect(await clocksOf({ world, partners: 1 })).toMatchObject({ partner: { shiftMs: 1 } })
})

test('a role that runs alone has its own clock only, and reads a world that has others', async () => {
  const world = { clocks: { idp: { shiftMs: 5 }, es: { shiftMs: 6 } } }
  expect(await clocksOf({ world, roles: ['idp'] })).toEqual({ idp: { shiftMs: 5 } })
})

test('the validity of metadata in a file is judged by the clock of the IdP', async () => {
  const metadata = (validUntil: string) =>
    `<m:EntityDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:sp" validUntil="${validUntil}"><m:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><m:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="http://localhost/acs"/></m:SPSSODescriptor></m:EntityDescriptor>`
  const world = (frozenAt: string) => ({
    serviceProviders: [{ metadata: metadata('2020-01-01T00:00:00Z') }],
    clocks: { idp: { frozenAt } },
  })
  expect(await clocksOf({ world: world('2019-12-31T23:59:59.999Z') })).toMatchObject({ idp: {} })
  await expect(clocksOf({ world: world('2020-01-01T00:00:00Z') })).rejects.toThrow(
    /serviceProviders\[0\]\.metadata: .*2020-01-01/,
  )
})

test.each([
  ['clocks:\n  ipd: { shiftMs: 5 }\n', '2:3: clocks.ipd: there is no party [ipd], did you mean idp?'],
  ['clocks:\n  wiki: {}\n', '2:3: clocks.wiki: there is no party [wiki], known are idp, es, app'],
  ['clocks: { idp: { shiftMS: 5 } }\n', '1:18: clocks.idp.shiftMS: unknown key, did you mean shiftMs?'],
  ['clocks: { idp: { advanceMs: 5 } }\n', '1:18: clocks.idp.advanceMs: unknown key, known are shiftMs, frozenAt'],
  [
    'clocks: { idp: { frozenAt: noon } }\n',
    '1:18: clocks.idp.frozenAt: expected an instant such as 2026-01-01T00:00:00Z, found the text "noon"',
  ],
  [
    'clocks: { es: { frozenAt: 3000-01-01T00:00:00Z } }\n',
    '1:17: clocks.es.frozenAt: expected an instant of the years 1970 to 2999, found 3000-01-01T00:00:00Z',
  ],
  [
    'clocks: { es: { frozenAt: 2026-01-01T00:00:00Z, shiftMs: 5 } }\n',
    '1:11: clocks.es: expected one of shiftMs, frozenAt and advanceMs, found shiftMs and frozenAt',
  ],
])('a mistake in the clocks of a sloop.yml is told by its place: %s', async (text, message) => {
  const path = sloopYml(text)
  await expect(clocksOf({ sloopYml: path })).rejects.toThrow(new ConfigError(`${path}:${message}`))
})
