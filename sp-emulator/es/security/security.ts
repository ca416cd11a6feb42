import type { ApiKey } from './api-key.ts'
import { createNamedStore, type NamedStore } from './named-store.ts'
import { emptyRole } from './role.ts'
import type { RoleMapping } from './role-mapping.ts'
import { createRoleStore, type RoleStore } from './role-store.ts'
import type { ServiceUser } from './user.ts'
import { createUserStore, type UserStore } from './user-store.ts'

/** Who exists on a node and what they may do; everything that the security calls change. */
export interface Security {
  readonly roles: RoleStore
  readonly users: UserStore
  readonly roleMappings: NamedStore<RoleMapping>
  /** By id. */
  readonly apiKeys: NamedStore<ApiKey>
}

/** Roles by name, each with its cluster privileges. */
export type Roles = Readonly<Record<string, readonly string[]>>

interface GivenSecurity {
  readonly users: readonly ServiceUser[]
  readonly roles: Roles
  readonly roleMappings: Iterable<readonly [name: string, mapping: RoleMapping]>
}

/** A fresh node: built-in roles, reserved users and no key; and the roles, users and mappings given. */
export function createSecurity({ users, roles, roleMappings }: GivenSecurity): Security {
  const given = Object.entries(roles).map(([name, cluster]) => [name, { ...emptyRole, cluster }] as const)
  return {
    roles: createRoleStore(given),
    users: createUserStore(users),
    roleMappings: createNamedStore(roleMappings),
    apiKeys: createNamedStore(),
  }
}
