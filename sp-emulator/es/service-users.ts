import type { Authentication } from '../tokens/authentication.ts'

/** A user of the cluster itself: the one that an application calls with, never the one who sits at the browser. */
export interface ServiceUser {
  readonly username: string
  readonly password: string
  readonly roles: readonly string[]
}

/** Users that every cluster has; they live in a realm of their own. */
const reservedUsernames: ReadonlySet<string> = new Set([
  'elastic',
  'kibana',
  'kibana_system',
  'logstash_system',
  'beats_system',
  'apm_system',
  'remote_monitoring_user',
])

export interface ServiceUsers {
  /** The identity of the user with this name and password, if there is one. */
  find(username: string, password: string): Authentication | undefined
}

/** Prepares each identity once. */
export function createServiceUsers(users: readonly ServiceUser[]): ServiceUsers {
  const byUsername = new Map(users.map((user) => [user.username, { user, authentication: identityOf(user) }]))
  return {
    find: (username, password) => {
      const found = byUsername.get(username)
      return found?.user.password === password ? found.authentication : undefined
    },
  }
}

function identityOf({ username, roles }: ServiceUser): Authentication {
  const reserved = reservedUsernames.has(username)
  return {
    username,
    roles,
    fullName: null,
    email: null,
    metadata: reserved ? { _reserved: true } : {},
    realm: reserved ? { name: 'reserved', type: 'reserved' } : { name: 'default_native', type: 'native' },
  }
}
