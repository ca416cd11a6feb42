import type { SignedRedirect } from '../../realm/saml-realm.ts'
import type { NodeContext } from '../node-context.ts'
import { noteSent } from '../note-sent.ts'
import { findRealm, type RealmSelection } from './find-realm.ts'

interface PrepareInput extends RealmSelection {
  readonly relayState: string | undefined
}

/** The AuthnRequest with which a login at the selected realm begins (spec §1.6). */
export async function prepareSamlAuthentication(
  { realm: name, acs, relayState }: PrepareInput,
  node: NodeContext,
): Promise<SignedRedirect & { realm: string }> {
  const asked = `SamlPrepareAuthenticationRequest{realmName=${name ?? null}, assertionConsumerServiceURL=${acs ?? null}}`
  const { realms, dialect } = node
  const realm = findRealm(realms, { realm: name, acs }, `for [${asked}]`)
  const { id, redirect } = await realm.prepare({ relayState, usualNameIdFormat: dialect.usualNameIdFormat })
  noteSent(node, realm, { what: 'AuthnRequest', id, redirect })
  return { realm: realm.name, id, redirect }
}
