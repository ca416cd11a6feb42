import type { Authentication } from '../../tokens/authentication.ts'
import type { AuthenticationType } from '../node-context.ts'

/** An identity as `_authenticate` and the token calls show it, in a node's order (spec §1.12). */
export function authenticationJson(authentication: Authentication, type: AuthenticationType): object {
  const { username, roles, fullName, email, metadata, realm } = authentication
  const authenticationRealm = { name: realm.name, type: realm.type }
  return {
    username,
    roles,
    full_name: fullName,
    email,
    metadata,
    enabled: true,
    authentication_realm: authenticationRealm,
    lookup_realm: authenticationRealm,
    authentication_type: type,
  }
}
