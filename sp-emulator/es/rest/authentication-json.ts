import { type Authentication, homeRealmOf } from '../../tokens/authentication.ts'
import type { AuthenticationType } from '../node-context.ts'

/** An identity as `_authenticate` and the token calls show it, in a node's order (spec §1.12). */
export function authenticationJson(authentication: Authentication, type: AuthenticationType): object {
  const { username, roles, fullName, email, metadata, realm } = authentication
  const lookupRealm = homeRealmOf(authentication)
  return {
    username,
    roles,
    full_name: fullName,
    email,
    metadata,
    enabled: true,
    authentication_realm: { name: realm.name, type: realm.type },
    lookup_realm: { name: lookupRealm.name, type: lookupRealm.type },
    authentication_type: type,
  }
}
