import type { IdpMetadata } from '#saml/metadata/idp-metadata'
import { BINDING, NAMESPACE } from '#saml/names'
import { refuse } from '../refusals.ts'

const role = `{${NAMESPACE.metadata}}IDPSSODescriptor`

/**
 * The IdP's Redirect logout endpoint; its ResponseLocation is not looked at (spec §3.11).
 * @throws SamlError SAML_ENDPOINT_AMBIGUOUS when the metadata has several.
 */
export function findLogoutLocation(idp: IdpMetadata): string | undefined {
  return findRedirectLocation(idp.singleLogoutServices, idp.entityId)
}

/** @throws SamlError SAML_ENDPOINT_MISSING or SAML_ENDPOINT_AMBIGUOUS, type `exception` (spec §1.6). */
export function getSignOnLocation(idp: IdpMetadata): string {
  const location = findRedirectLocation(idp.singleSignOnServices, idp.entityId)
  if (location !== undefined) return location
  throw refuse('SAML_ENDPOINT_MISSING', `Cannot find [${role}]/[${BINDING.redirect}] in descriptor [${idp.entityId}]`, {
    esType: 'exception',
  })
}

function findRedirectLocation(endpoints: IdpMetadata['singleLogoutServices'], descriptor: string): string | undefined {
  const locations = endpoints.filter(({ binding }) => binding === BINDING.redirect).map(({ location }) => location)
  if (locations.length < 2) return locations[0]
  throw refuse(
    'SAML_ENDPOINT_AMBIGUOUS',
    `Found multiple locations for binding [${BINDING.redirect}] in descriptor [${descriptor}] - [[${locations.join(', ')}]]`,
    { esType: 'exception', expected: 1, actual: locations.length },
  )
}
