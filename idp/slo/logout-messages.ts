import { buildRedirectUrl } from '#saml/bindings/redirect'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import type { Status } from '#saml/messages/status'
import { type Endpoint, findEndpoint } from '#saml/metadata/role'
import { BINDING, LOGOUT_REASON } from '#saml/names'
import type { IdpConfig } from '../config.ts'
import type { SpDirectory } from '../directory/sp-directory.ts'
import type { SessionParticipant } from '../sessions/idp-session.ts'

/** Where a service provider takes logout messages by redirect. */
export function findSloEndpoint(serviceProviders: SpDirectory, spEntityId: string): Endpoint | undefined {
  return findEndpoint(serviceProviders.find(spEntityId)?.singleLogoutServices ?? [], BINDING.redirect)
}

interface RequestDraft {
  readonly id: string
  readonly endpoint: Endpoint
  readonly participant: SessionParticipant
}

/** The address that carries a signed LogoutRequest: the identifiers exactly as this participant was given them (saml-profiles-2.0 §4.4.4.1). */
export function logoutRequestUrl(config: IdpConfig, { id, endpoint, participant }: RequestDraft): Promise<string> {
  const now = config.clock.now()
  const document = writeLogoutRequest({
    id,
    issueInstant: now,
    issuer: config.entityId,
    destination: endpoint.location,
    notOnOrAfter: now + config.lifetimes.logoutRequestSeconds * 1_000,
    reason: LOGOUT_REASON.user,
    nameId: participant.nameId,
    sessionIndexes: [participant.sessionIndex],
  })
  return buildRedirectUrl({
    destination: endpoint.location,
    kind: 'SAMLRequest',
    document,
    signWith: config.credential,
  })
}

interface ResponseDraft {
  readonly endpoint: Endpoint
  readonly inResponseTo: string
  readonly relayState: string | undefined
  readonly status: Status
}

/** The address that carries a signed LogoutResponse, to the ResponseLocation if there is one (saml-metadata-2.0 §2.2.2). */
export function logoutResponseUrl(config: IdpConfig, draft: ResponseDraft): Promise<string> {
  const { endpoint, inResponseTo, relayState, status } = draft
  const destination = endpoint.responseLocation ?? endpoint.location
  const document = writeLogoutResponse({
    id: config.newId(),
    issueInstant: config.clock.now(),
    issuer: config.entityId,
    destination,
    inResponseTo,
    status,
  })
  return buildRedirectUrl({ destination, kind: 'SAMLResponse', document, relayState, signWith: config.credential })
}
