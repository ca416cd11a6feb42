import type { Authentication } from '../../tokens/authentication.ts'
import { createNamedStore, type NamedStore } from './named-store.ts'
import { isReservedUser, reservedUsers } from './reserved-users.ts'
import { identityOf, type ServiceUser, type User } from './user.ts'

const reservedRealm = { name: 'reserved', type: 'reserved' }
const nativeRealm = { name: 'default_native', type: 'native' }

export interface UserStore extends NamedStore<User> {
  /** The identity of the user with this name and password; undefined also when the user is disabled. */
  authenticate(username: string, password: string): Authentication | undefined
  /** The identity of an enabled native user, for a realm that leaves users to the native one (`authorization_realms`). */
  lookUp(username: string): Authentication | undefined
}

/** A store that holds the reserved users, and those given; a reserved one of those brings only a password. */
export function createUserStore(given: readonly ServiceUser[] = []): UserStore {
  const store = createNamedStore(reservedUsers.map((user) => [user.username, user] as const))
  for (const user of given) store.put(user.username, seed(user, store.find(user.username)))
  return {
    ...store,
    authenticate: (username, password) => {
      const user = store.find(username)
      if (user === undefined || !user.enabled || user.password !== password) return undefined
      return identityOf(user, isReservedUser(username) ? reservedRealm : nativeRealm)
    },
    lookUp: (username) => {
      const user = store.find(username)
      if (user === undefined || !user.enabled || isReservedUser(username)) return undefined
      return identityOf(user, nativeRealm)
    },
  }
}

function seed({ username, password, roles }: ServiceUser, reserved: User | undefined): User {
  if (reserved !== undefined) return { ...reserved, password }
  return { username, password, roles, fullName: null, email: null, metadata: {}, enabled: true }
}
