import { type ElasticsearchError, securityError } from './elasticsearch-error.ts'
import type { Caller } from './node-context.ts'
import type { ActionName } from './privileges.ts'
import { type ClusterAction, privilegesThatGrant } from './security/cluster-privilege.ts'
import { mayAct, type Permission } from './security/permission.ts'
import type { RoleStore } from './security/role-store.ts'

/** What a call does, and whether only to the caller's own API keys. */
export interface AuthorizedAction extends ClusterAction {
  readonly name: ActionName
}

/** Lets a caller act whose permission has a privilege that grants the action. @throws ElasticsearchError 403 otherwise */
export function authorize(caller: Caller, action: AuthorizedAction, roles: RoleStore): void {
  if (!mayAct(permissionOf(caller, roles), action)) throw denial(caller, action, roles)
}

/** What a caller may do by the roles as they are now; a role that does not exist gives nothing. */
export function permissionOf({ authentication, apiKey }: Caller, roles: RoleStore): Permission {
  if (apiKey === undefined) return [authentication.roles.flatMap((role) => roles.get(role) ?? [])]
  const [asked, limits] = [Object.values(apiKey.roles), Object.values(apiKey.limitedBy)]
  return asked.length === 0 ? [limits] : [asked, limits]
}

function denial(caller: Caller, action: AuthorizedAction, roles: RoleStore): ElasticsearchError {
  const privileges = privilegesThatGrant(action).join(',')
  return securityError(
    403,
    `action [${action.name}] is unauthorized for ${describeCaller(caller, roles)}, this action is granted by the cluster privileges [${privileges}]`,
  )
}

/** A key has privileges and no roles, so none are told (es:AuthorizationDenialMessages). */
function describeCaller({ authentication: { username, roles: assigned }, apiKey }: Caller, roles: RoleStore): string {
  if (apiKey !== undefined) return `API key id [${apiKey.id}] of user [${username}]`
  const effective = assigned.filter((role) => roles.get(role) !== undefined).sort()
  const missing = assigned.filter((role) => roles.get(role) === undefined).sort()
  const notFound = missing.length === 0 ? '' : ` (assigned roles [${missing.join(',')}] were not found)`
  return `user [${username}] with effective roles [${effective.join(',')}]${notFound}`
}
