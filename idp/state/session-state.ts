import { formatInstant } from '#saml/instants'
import type { NameId } from '#saml/messages/name-id'
import type { IdpSession, SessionParticipant } from '../sessions/idp-session.ts'

/** A NameID as outsiders write it; null is absent. */
export interface NameIdState {
  readonly value: string
  readonly format: string | null
  readonly nameQualifier: string | null
  readonly spNameQualifier: string | null
}

/** A login at a service provider, as outsiders see it (`spec/contract.md` §2.2). */
export interface ParticipantState {
  readonly serviceProvider: string
  readonly nameId: NameIdState
  readonly sessionIndex: string
}

/** Who is signed in, as outsiders see it. */
export interface SessionState {
  /** Also the value of the cookie. */
  readonly id: string
  readonly user: string
  /** The instant of the last sign-in. */
  readonly since: string
  readonly participants: readonly ParticipantState[]
}

export function sessionState({ id, userName, authnInstant, participants }: IdpSession): SessionState {
  return { id, user: userName, since: formatInstant(authnInstant), participants: participants.map(participantState) }
}

export function participantState({ spEntityId, nameId, sessionIndex }: SessionParticipant): ParticipantState {
  return { serviceProvider: spEntityId, nameId: nameIdState(nameId), sessionIndex }
}

function nameIdState({ value, format, nameQualifier, spNameQualifier }: NameId): NameIdState {
  return {
    value,
    format: format ?? null,
    nameQualifier: nameQualifier ?? null,
    spNameQualifier: spNameQualifier ?? null,
  }
}
