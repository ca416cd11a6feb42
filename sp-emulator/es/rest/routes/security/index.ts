import type { Route } from '../../route.ts'
import { apiKeyRoutes } from './api-keys.ts'
import { hasPrivilegesRoutes } from './has-privileges.ts'
import { roleMappingRoutes } from './role-mappings.ts'
import { roleRoutes } from './roles.ts'
import { userPrivileges } from './user-privileges.ts'
import { userRoutes } from './users.ts'

/** The calls about who exists and what they may do. */
export const securityRoutes: readonly Route[] = [
  ...roleRoutes,
  ...userRoutes,
  ...roleMappingRoutes,
  ...hasPrivilegesRoutes,
  userPrivileges,
  ...apiKeyRoutes,
]
