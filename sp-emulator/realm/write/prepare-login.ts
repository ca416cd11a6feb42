import { buildRedirectUrl } from '#saml/bindings/redirect'
import { type AuthnRequest, writeAuthnRequest } from '#saml/messages/authn-request'
import { BINDING } from '#saml/names'
import { getSignOnLocation } from '../metadata/idp-endpoints.ts'
import { formEncode } from '../query-string.ts'
import { type RealmConfig, type RealmContext, signerFor } from '../realm-config.ts'
import type { SignedRedirect } from '../saml-realm.ts'

/**
 * The AuthnRequest redirect (spec §6.1). Nothing is remembered of it.
 * @throws SamlError SAML_ENDPOINT_MISSING or SAML_ENDPOINT_AMBIGUOUS.
 */
export async function prepareLogin(
  { relayState, usualNameIdFormat }: { relayState: string | undefined; usualNameIdFormat?: string | undefined },
  { config, idpMetadata, clock, newId }: RealmContext,
): Promise<SignedRedirect> {
  const destination = getSignOnLocation(idpMetadata())
  const id = newId()
  const document = writeAuthnRequest({
    ...requestedBy(config, usualNameIdFormat),
    id,
    issueInstant: clock.now(),
    destination,
  })
  const redirect = await buildRedirectUrl({
    destination,
    kind: 'SAMLRequest',
    document,
    relayState,
    signWith: signerFor(config, 'AuthnRequest'),
    escapeWith: formEncode,
  })
  return { id, redirect }
}

function requestedBy(
  config: RealmConfig,
  usualNameIdFormat: string | undefined,
): Omit<AuthnRequest, 'id' | 'issueInstant' | 'destination'> {
  const classRefs = config.requestedAuthnContext
  return {
    issuer: config.spEntityId,
    acsUrl: config.acsUrl,
    protocolBinding: BINDING.post,
    forceAuthn: config.forceAuthn,
    nameIdPolicy: {
      allowCreate: config.nameIdAllowCreate,
      format: (config.nameIdFormat ?? usualNameIdFormat) || undefined,
      spNameQualifier: config.nameIdSpQualifier || undefined,
    },
    requestedAuthnContext: classRefs.length === 0 ? undefined : { comparison: 'exact', classRefs },
  }
}
