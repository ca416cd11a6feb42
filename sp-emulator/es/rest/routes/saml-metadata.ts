import { describeSamlServiceProvider } from '../../actions/saml-metadata.ts'
import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { route } from '../route.ts'

/** The service provider's metadata for the IdP (spec §1.11). */
export const samlMetadata = route({
  method: 'GET',
  path: '/_security/saml/metadata/{realm}',
  takesBody: false,
  isKnownTo: ({ hasSpMetadata }) => hasSpMetadata,
  read: ({ pathParameter }) => pathParameter,
  validate: (realm) => (realm.trim() === '' ? ['Realm name may not be empty'] : []),
  action: () => ACTION.samlMetadata,
  run: (realm, { node }) => ok({ metadata: describeSamlServiceProvider(realm, node) }),
})
