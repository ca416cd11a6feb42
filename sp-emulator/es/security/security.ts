import type { Clock } from '#server/clock'
import type { SharedMap } from '#server/store/shared-map'
import type { Store } from '#server/store/store'
import type { ApiKey } from './api-key.ts'
import { emptyRole } from './role.ts'
import type { RoleMapping } from './role-mapping.ts'
import { createRoleStore, type RoleStore } from './role-store.ts'
import type { ServiceUser } from './user.ts'
import { createUserStore, type UserStore } from './user-store.ts'

/** Who exists on a node and what they may do; everything that the security calls change. All replicas of the node have it alike. */
export interface Security {
  readonly roles: RoleStore
  readonly users: UserStore
  readonly roleMappings: SharedMap<RoleMapping>
  /** By id. */
  readonly apiKeys: SharedMap<ApiKey>
  /** Claims the invalidation of a key by its id: of several at once, at whichever replica, one has it. */
  claimInvalidation(id: string): Promise<boolean>
}

/** Roles by name, each with its cluster privileges. */
export type Roles = Readonly<Record<string, readonly string[]>>

interface GivenSecurity {
  readonly users: readonly ServiceUser[]
  readonly roles: Roles
  readonly roleMappings: Iterable<readonly [name: string, mapping: RoleMapping]>
  readonly store: Store
  readonly clock: Clock
}

/** Longer than a replica is without what another one changed. */
const claimedMs = 60_000

/** A fresh node: built-in roles, reserved users and no key; and the roles, users and mappings given. */
export function createSecurity({ users, roles, roleMappings, store, clock }: GivenSecurity): Security {
  const given = Object.entries(roles).map(([name, cluster]) => [name, { ...emptyRole, cluster }] as const)
  const invalidations = store.records<true>({ name: 'api-key-invalidations', clock, capacity: 10_000, isBrief: true })
  return {
    roles: createRoleStore(store, given),
    users: createUserStore(store, users),
    roleMappings: store.sharedMap({ name: 'role-mappings', atStart: roleMappings }),
    apiKeys: store.sharedMap({ name: 'api-keys' }),
    claimInvalidation: (id) => invalidations.add(id, true, clock.now() + claimedMs),
  }
}

/** As on the fresh node. */
export function resetSecurity({ roles, users, roleMappings, apiKeys }: Security): void {
  for (const things of [roles, users, roleMappings, apiKeys]) things.reset()
}
