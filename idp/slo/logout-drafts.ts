import type { Status } from '#saml/messages/status'
import { LOGOUT_REASON } from '#saml/names'
import type { IdpConfig } from '../config.ts'
import { type Addressee, type Caller, type Draft, destinationOf } from '../outbox/draft.ts'
import type { IdpParts } from '../parts.ts'
import type { LoginNames } from '../sessions/idp-session.ts'

type Used = Pick<IdpParts, 'config' | 'serviceProviders'>

interface Asking {
  readonly id: string
  readonly to: Addressee
  /** Whom it is about: as the service provider knows them, and as they are called here. */
  readonly names: LoginNames
  readonly user: string | undefined
  readonly relayState?: string | undefined
}

/** A LogoutRequest. Whoever ends a session gives the identifiers exactly as the participant was given them (saml-profiles-2.0 §4.4.4.1). */
export function logoutRequestDraft(
  { config, serviceProviders }: Used,
  { id, to, names, user, relayState }: Asking,
): Draft {
  const now = config.clock.now()
  const { logoutRequestSeconds } = serviceProviders.settingsOf(to.spEntityId).lifetimes
  return {
    kind: 'LogoutRequest',
    to,
    relayState,
    user,
    fields: {
      id,
      issueInstant: now,
      issuer: config.entityId,
      destination: to.address,
      notOnOrAfter: now + logoutRequestSeconds * 1_000,
      reason: LOGOUT_REASON.user,
      ...names,
    },
  }
}

interface Answering {
  readonly to: Addressee | Caller
  readonly inResponseTo: string | undefined
  readonly relayState: string | undefined
  readonly status: Status
  readonly user?: string | undefined
}

/** A LogoutResponse to who asked for a logout. */
export function logoutResponseDraft(config: IdpConfig, answering: Answering): Draft {
  const { to, inResponseTo, relayState, status, user } = answering
  const header = { id: config.newId(), issueInstant: config.clock.now(), issuer: config.entityId }
  return {
    kind: 'LogoutResponse',
    to,
    relayState,
    user,
    fields: { ...header, destination: destinationOf(to), inResponseTo, status },
  }
}
