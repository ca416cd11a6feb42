import type { SharedMap } from '#server/store/shared-map'
import type { Store } from '#server/store/store'
import type { Authentication } from '../../tokens/authentication.ts'
import { isReservedUser, reservedUsers } from './reserved-users.ts'
import { identityOf, type ServiceUser, type User } from './user.ts'

const reservedRealm = { name: 'reserved', type: 'reserved' }
const nativeRealm = { name: 'default_native', type: 'native' }

const realmOf = (username: string) => (isReservedUser(username) ? reservedRealm : nativeRealm)

export interface UserStore extends SharedMap<User> {
  /** The identity of the user with this name and password; undefined also when the user is disabled. */
  authenticate(username: string, password: string): Authentication | undefined
  /** The identity of an enabled native user, for a realm that leaves users to the native one (`authorization_realms`). */
  lookUp(username: string): Authentication | undefined
  /** The identity of any user, for somebody who runs as them; `disabled` when nobody can. */
  lookUpForRunAs(username: string): Authentication | 'disabled' | undefined
}

/** A store that holds the reserved users, and those given; a reserved one of those brings only a password. */
export function createUserStore(store: Store, given: readonly ServiceUser[]): UserStore {
  const atStart = new Map(reservedUsers.map((user) => [user.username, user]))
  for (const user of given) atStart.set(user.username, seed(user, atStart.get(user.username)))
  const users = store.sharedMap({ name: 'users', atStart })
  return {
    ...users,
    authenticate: (username, password) => {
      const user = users.get(username)
      if (user === undefined || !user.enabled || user.password !== password) return undefined
      return identityOf(user, realmOf(username))
    },
    lookUp: (username) => {
      const user = users.get(username)
      if (user === undefined || !user.enabled || isReservedUser(username)) return undefined
      return identityOf(user, nativeRealm)
    },
    lookUpForRunAs: (username) => {
      const user = users.get(username)
      if (user === undefined) return undefined
      return user.enabled ? identityOf(user, realmOf(username)) : 'disabled'
    },
  }
}

function seed({ username, password, roles }: ServiceUser, reserved: User | undefined): User {
  if (reserved !== undefined) return { ...reserved, password }
  return { username, password, roles, fullName: null, email: null, metadata: {}, enabled: true }
}
