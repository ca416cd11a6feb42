import { builtInRoles } from './built-in-roles.ts'
import { createNamedStore, type NamedStore } from './named-store.ts'
import type { Role } from './role.ts'

/** Built-in and stored roles, found at the moment of a call. A built-in role wins over a stored one of its name. */
export type RoleStore = NamedStore<Role>

/** Whether the name belongs to a built-in role, which nobody can put or delete. */
export const isReservedRole = (name: string): boolean => builtInRoles.has(name)

export function createRoleStore(initial: Iterable<readonly [string, Role]> = []): RoleStore {
  const stored = createNamedStore(initial)
  return {
    ...stored,
    find: (name) => builtInRoles.get(name) ?? stored.find(name),
    entries: () => [...builtInRoles, ...stored.entries()],
  }
}
