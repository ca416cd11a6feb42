import type { SharedMap } from '#server/store/shared-map'
import type { Store } from '#server/store/store'
import { builtInRoles } from './built-in-roles.ts'
import type { Role } from './role.ts'

/** Built-in and stored roles, found at the moment of a call. A built-in role wins over a stored one of its name. */
export type RoleStore = SharedMap<Role>

/** Whether the name belongs to a built-in role, which nobody can put or delete. */
export const isReservedRole = (name: string): boolean => builtInRoles.has(name)

export function createRoleStore(store: Store, given: Iterable<readonly [string, Role]>): RoleStore {
  const stored = store.sharedMap({ name: 'roles', atStart: given })
  return {
    ...stored,
    get: (name) => builtInRoles.get(name) ?? stored.get(name),
    entries: () => [...builtInRoles, ...stored.entries()],
  }
}
