import { expect, test } from 'vitest'
import type { SettingValue } from './flat-settings.ts'
import { readRoleSettings } from './role-settings.ts'
import { SettingReader } from './setting-reader.ts'
import { section, settingsOf } from './settings.test-support.ts'

const read = (given: Record<string, SettingValue>) => readRoleSettings(new SettingReader(settingsOf(given)))

test.each([
  [{ exclude_roles: ['superuser', 'admin'] }, { excludedRoles: ['superuser', 'admin'], authorizationRealms: [] }],
  [{ authorization_realms: 'native1,file1' }, { excludedRoles: [], authorizationRealms: ['native1', 'file1'] }],
])('%j has its place', (given, expected) => {
  expect(read(given)).toEqual(expected)
})

test('roles that another realm gives are not excluded here', () => {
  expect(() => read({ exclude_roles: 'superuser', authorization_realms: 'native1' })).toThrow(
    `Setting [${section}.exclude_roles] is not permitted when setting [${section}.authorization_realms] is configured.`,
  )
})
