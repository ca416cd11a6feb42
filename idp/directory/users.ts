import type { Store } from '#server/store/store'

/** Somebody who can sign in, by a click: this is a mock, there are no passwords. */
export interface User {
  readonly name: string
  readonly email: string
  readonly displayName: string
  readonly groups: readonly string[]
  /** Further attributes by name, each with its values. */
  readonly attributes?: Readonly<Record<string, readonly string[]>> | undefined
}

export const defaultUsers: readonly User[] = [
  { name: 'alice', email: 'alice@example.test', displayName: 'Alice Arden', groups: ['admins', 'staff'] },
  { name: 'bob', email: 'bob@example.test', displayName: 'Bob Brook', groups: ['staff'] },
  { name: 'carol', email: 'carol@example.test', displayName: 'Carol Chen', groups: ['guests'] },
]

/** Who can sign in now. */
export interface UserDirectory {
  /** In the order in which they were added. */
  list(): readonly User[]
  /** The user of exactly this name. */
  find(name: string): User | undefined
  /** Adds a user, or replaces the one with the same name. */
  put(user: User): void
  remove(name: string): void
  /** Those of the start. */
  reset(): void
}

export function createUserDirectory(store: Store, atStart: readonly User[]): UserDirectory {
  const users = store.sharedMap<User>({ name: 'users', atStart: atStart.map((user) => [user.name, user]) })
  return {
    list: () => users.entries().map(([, user]) => user),
    find: users.get,
    put: (user) => void users.put(user.name, user),
    remove: (name) => void users.delete(name),
    reset: users.reset,
  }
}
