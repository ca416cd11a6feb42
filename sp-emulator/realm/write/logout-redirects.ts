import { buildRedirectUrl } from '#saml/bindings/redirect'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import type { IdpMetadata } from '#saml/metadata/idp-metadata'
import type { TokenMetadata } from '../../tokens/token-pair.ts'
import { findLogoutLocation } from '../metadata/idp-endpoints.ts'
import { formEncode } from '../query-string.ts'
import { type RealmContext, signerFor } from '../realm-config.ts'
import { refuse } from '../refusals.ts'
import type { AcceptedLogoutRequest, SignedRedirect } from '../saml-realm.ts'
import { nameIdFrom } from '../user/token-metadata.ts'

/**
 * The redirect that answers a LogoutRequest: always Success, RelayState echoed also when empty (spec §3.11).
 * @throws SamlError SAML_ENDPOINT_MISSING or SAML_ENDPOINT_AMBIGUOUS.
 */
export function answerLogoutRequest(accepted: AcceptedLogoutRequest, context: RealmContext): Promise<string> {
  const { config, clock, newId } = context
  const destination = getAnswerLocation(context.idpMetadata())
  const document = writeLogoutResponse({
    id: newId(),
    issueInstant: clock.now(),
    issuer: config.spEntityId,
    destination,
    inResponseTo: accepted.id,
    status: success,
  })
  return buildRedirectUrl({
    destination,
    kind: 'SAMLResponse',
    document,
    relayState: accepted.relayState,
    signWith: signerFor(config, 'LogoutResponse'),
    escapeWith: formEncode,
  })
}

/**
 * Where a LogoutResponse goes: ResponseLocation is ignored (spec §3.11).
 * @throws SamlError SAML_ENDPOINT_MISSING or SAML_ENDPOINT_AMBIGUOUS.
 */
export function getAnswerLocation(idp: IdpMetadata): string {
  const location = findLogoutLocation(idp)
  if (location !== undefined) return location
  throw refuse(
    'SAML_ENDPOINT_MISSING',
    `Cannot send LogoutResponse because the IDP ${idp.entityId} does not provide a logout service`,
    { expected: 1, actual: 0 },
  )
}

/**
 * The redirect that asks the IdP to end the session of a login: its NameID with all attributes, exactly one
 * SessionIndex (an empty element when the login had none), no RelayState (spec §4). Undefined when no logout is possible.
 * @throws SamlError SAML_ENDPOINT_AMBIGUOUS.
 */
export async function requestLogout(
  metadata: TokenMetadata,
  context: RealmContext,
): Promise<SignedRedirect | undefined> {
  const { config, clock, newId } = context
  const destination = config.useSingleLogout ? findLogoutLocation(context.idpMetadata()) : undefined
  if (destination === undefined) return undefined
  const id = newId()
  const document = writeLogoutRequest({
    id,
    issueInstant: clock.now(),
    issuer: config.spEntityId,
    destination,
    nameId: nameIdFrom(metadata),
    sessionIndexes: [metadata['saml_session'] ?? ''],
  })
  const signWith = signerFor(config, 'LogoutRequest')
  const redirect = await buildRedirectUrl({
    destination,
    kind: 'SAMLRequest',
    document,
    signWith,
    escapeWith: formEncode,
  })
  return { id, redirect }
}
