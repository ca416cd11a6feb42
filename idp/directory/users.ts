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

/** The user of exactly this name. */
export function findUser(users: readonly User[], name: string): User | undefined {
  return users.find((user) => user.name === name)
}
