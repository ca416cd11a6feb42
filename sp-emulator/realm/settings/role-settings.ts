import { ConfigError } from '#server/config'
import type { RealmConfig } from '../realm-config.ts'
import type { SettingReader } from './setting-reader.ts'

/** @throws ConfigError in the words of a node: the roles of a delegated user are not this realm's to exclude (spec §6.3). */
export function readRoleSettings(read: SettingReader): Pick<RealmConfig, 'excludedRoles' | 'authorizationRealms'> {
  const excludedRoles = read.list('exclude_roles', [])
  const authorizationRealms = read.list('authorization_realms', [])
  if (excludedRoles.length === 0 || authorizationRealms.length === 0) return { excludedRoles, authorizationRealms }
  throw new ConfigError(
    `Setting [${read.fullName('exclude_roles')}] is not permitted when setting [${read.fullName('authorization_realms')}] is configured.`,
  )
}
