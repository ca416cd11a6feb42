import { SamlError } from '#saml/errors'
import type { Rule } from '#saml/rules/rule'
import type { SamlPrincipal, SamlRealm } from '../../realm/saml-realm.ts'
import type { Authentication } from '../../tokens/authentication.ts'
import type { NodeContext } from '../node-context.ts'

type Directory = Pick<NodeContext, 'roleMapper' | 'lookupUser'>

/**
 * Who a principal is at this node: as the IdP describes them, with the roles that the role mappings give, or as one of the `authorization_realms`
 * knows them; then nothing but the name comes from the IdP (spec §6.3).
 * @throws SamlError SAML_REALM when none of the `authorization_realms` knows the name.
 */
export function resolveUser(principal: SamlPrincipal, realm: SamlRealm, directory: Directory): Authentication {
  const user = realm.authorizationRealms.length > 0 ? getDelegatedUser : getMappedUser
  return { ...user(principal, realm, directory), realm: { name: realm.name, type: 'saml' } }
}

/** A login whose user is looked up elsewhere. */
interface Delegated {
  principal(): SamlPrincipal
  readonly realm: SamlRealm
  readonly directory: Directory
}

/** What is asked of a login beyond what the realm asks, where it has `authorization_realms`. */
export const delegationRules: readonly Rule<Delegated>[] = [
  {
    ...{ rule: 'knownToAnAuthorizationRealm', code: 'SAML_REALM', clause: 'es:saml-authenticate' },
    ask: (login) => void getDelegatedUser(login.principal(), login.realm, login.directory),
  },
]

function getDelegatedUser(
  { username }: SamlPrincipal,
  { authorizationRealms }: SamlRealm,
  { lookupUser }: Directory,
): Authentication {
  const user = lookupUser(username)
  if (user !== undefined) return user
  const realms = authorizationRealms.map((name) => `native/${name}`).join(',')
  const reason = `the principal [${username}] was authenticated, but no user could be found in realms [${realms}]`
  throw new SamlError('SAML_REALM', reason, { expected: authorizationRealms, actual: username })
}

function getMappedUser(
  { dn, groups, ...user }: SamlPrincipal,
  { name, excludedRoles }: SamlRealm,
  { roleMapper }: Directory,
): Omit<Authentication, 'realm'> {
  const { username, metadata } = user
  const mapped = roleMapper({ username, dn, groups, metadata, realm: name })
  return { ...user, roles: mapped.filter((role) => !excludedRoles.includes(role)) }
}
