import type { NameId } from '#saml/messages/name-id'

/** One login at a service provider: the identifiers that went into its assertion, to be repeated exactly at logout. */
export interface SessionParticipant {
  readonly spEntityId: string
  readonly nameId: NameId
  readonly sessionIndex: string
}

/** A user who signed in at the IdP with one browser. */
export interface IdpSession {
  /** The value of the session cookie. */
  readonly id: string
  readonly userName: string
  /** Epoch milliseconds of the last click on the sign-in page. */
  readonly authnInstant: number
  readonly expiresAt: number
  readonly participants: readonly SessionParticipant[]
}
