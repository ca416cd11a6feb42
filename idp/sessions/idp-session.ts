import type { NameId } from '#saml/messages/name-id'

/** One login at a service provider: the identifiers that went into its assertion, to be repeated exactly at logout. */
export interface SessionParticipant {
  readonly spEntityId: string
  readonly nameId: NameId
  readonly sessionIndex: string
}

/** How a service provider is told of logins of one user: of those with these SessionIndexes, of none in particular when there is none. */
export interface LoginNames {
  readonly nameId: NameId
  readonly sessionIndexes: readonly string[]
}

/** The names of this login, exactly as the participant was given them. */
export function namesOf({ nameId, sessionIndex }: SessionParticipant): LoginNames {
  return { nameId, sessionIndexes: [sessionIndex] }
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
