import type { Authentication } from '../tokens/authentication.ts'
import { type ElasticsearchError, securityError } from './elasticsearch-error.ts'
import { type ActionName, grantedBy, type Roles } from './privileges.ts'

/** Lets an identity act when one of its roles has a privilege that grants the action. @throws ElasticsearchError 403 otherwise */
export function authorize(authentication: Authentication, action: ActionName, roles: Roles): void {
  const granted = authentication.roles.some((role) =>
    findRole(roles, role)?.some((held) => grantedBy[action].includes(held)),
  )
  if (!granted) throw denial(authentication, action, roles)
}

/** A role called `constructor` is not a role that every object has. */
function findRole(roles: Roles, name: string): Roles[string] | undefined {
  return Object.hasOwn(roles, name) ? roles[name] : undefined
}

function denial({ username, roles: assigned }: Authentication, action: ActionName, roles: Roles): ElasticsearchError {
  const effective = assigned.filter((role) => findRole(roles, role) !== undefined)
  const missing = assigned.filter((role) => findRole(roles, role) === undefined)
  const notFound = missing.length === 0 ? '' : ` (assigned roles [${missing.join(',')}] were not found)`
  return securityError(
    403,
    `action [${action}] is unauthorized for user [${username}] with effective roles [${effective.join(',')}]${notFound}, ` +
      `this action is granted by the cluster privileges [${grantedBy[action].join(',')}]`,
  )
}
