import type { User } from './user.ts'

const rolesByName: ReadonlyMap<string, readonly string[]> = new Map([
  ['elastic', ['superuser']],
  ['kibana', ['kibana_system']],
  ['kibana_system', ['kibana_system']],
  ['logstash_system', ['logstash_system']],
  ['beats_system', ['beats_system']],
  ['apm_system', ['apm_system']],
  ['remote_monitoring_user', ['remote_monitoring_collector', 'remote_monitoring_agent']],
])

const deprecated = { _deprecated: true, _deprecated_reason: 'Please use the [kibana_system] user instead.' }

/** Users that every cluster has; they live in a realm of their own, and nobody has given them passwords yet (es:ReservedRealm). */
export const reservedUsers: readonly User[] = [...rolesByName].map(([username, roles]) => ({
  username,
  password: undefined,
  roles,
  fullName: null,
  email: null,
  metadata: { ...(username === 'kibana' && deprecated), _reserved: true },
  enabled: true,
}))

export const isReservedUser = (username: string): boolean => rolesByName.has(username)
