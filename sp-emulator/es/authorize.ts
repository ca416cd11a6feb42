import type { Authentication } from '../tokens/authentication.ts'
import { type ElasticsearchError, securityError } from './elasticsearch-error.ts'
import type { Caller } from './node-context.ts'
import type { ActionName } from './privileges.ts'
import { type ClusterAction, privilegesThatGrant } from './security/cluster-privilege.ts'
import { mayAct, mayRunAs, type Permission } from './security/permission.ts'
import type { RoleStore } from './security/role-store.ts'

/** What a call does, and whether only to the caller's own API keys. */
export interface AuthorizedAction extends ClusterAction {
  readonly name: ActionName
  /** Whether the caller needs no privilege for it, as for what is about themselves alone. */
  readonly isOpen?: boolean
}

/**
 * Lets a caller act whose permission has a privilege that grants the action, and who may run as the one they run as.
 * @throws ElasticsearchError 403 otherwise
 */
export function authorize(caller: Caller, action: AuthorizedAction, roles: RoleStore): void {
  const { runBy, authentication } = caller
  if (runBy !== undefined) authorizeRunAs(runBy, authentication, { action, roles })
  if (action.isOpen !== true && !mayAct(permissionOf(caller, roles), action)) throw denial(caller, action, roles)
}

interface Asked {
  readonly action: AuthorizedAction
  readonly roles: RoleStore
}

/** Nobody may run as somebody whom no realm knows; what is said of it is the same (es:AuthorizationService). */
function authorizeRunAs(runBy: Caller, { username, lookupRealm }: Authentication, { action, roles }: Asked): void {
  if (lookupRealm !== undefined && mayRunAs(permissionOf(runBy, roles), username)) return
  const reason = `because ${nameOf(runBy)} is unauthorized to run as [${username}]`
  throw securityError(403, `action [${action.name}] is unauthorized for ${describeCaller(runBy, roles)}, ${reason}`)
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

function describeCaller(caller: Caller, roles: RoleStore): string {
  const { runBy, authentication } = caller
  const name = runBy === undefined ? nameOf(caller) : `${nameOf(runBy)} run as [${authentication.username}]`
  return `${name}${describeRoles(caller, roles)}`
}

function nameOf({ authentication: { username }, apiKey }: Caller): string {
  return apiKey === undefined ? `user [${username}]` : `API key id [${apiKey.id}] of user [${username}]`
}

/** A key has privileges and no roles, so none are told (es:AuthorizationDenialMessages). */
function describeRoles({ authentication: { roles: assigned }, apiKey }: Caller, roles: RoleStore): string {
  if (apiKey !== undefined) return ''
  const effective = assigned.filter((role) => roles.get(role) !== undefined).sort()
  const missing = assigned.filter((role) => roles.get(role) === undefined).sort()
  const notFound = missing.length === 0 ? '' : ` (assigned roles [${missing.join(',')}] were not found)`
  return ` with effective roles [${effective.join(',')}]${notFound}`
}
