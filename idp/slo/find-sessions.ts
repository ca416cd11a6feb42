import type { LogoutRequest } from '#saml/messages/logout-request'
import type { NameId } from '#saml/messages/name-id'
import { Breach } from '../inbox/tolerance.ts'
import type { IdpSession, SessionParticipant } from '../sessions/idp-session.ts'
import { matchesByValue, matchesStrongly } from '../sessions/name-id-match.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import type { MeantSessions } from './begin-logout.ts'

export interface FoundSessions extends MeantSessions {
  /** Present when they were found by the value of the identifier alone. */
  readonly breach?: Breach
}

/**
 * The sessions that a LogoutRequest means: those in which this service provider was given this very identifier under one of the
 * SessionIndexes, or under any when it names none (saml-core-2.0 §3.7.1, §3.7.3.2). When there is none, those that its value alone would find.
 */
export async function findSessions(
  store: SessionStore,
  spEntityId: string,
  { nameId, sessionIndexes }: LogoutRequest,
): Promise<FoundSessions> {
  if (nameId === undefined) return { sessions: [], isMeant: () => false }
  const isMeant = (participant: SessionParticipant): boolean =>
    participant.spEntityId === spEntityId &&
    matchesByValue(participant.nameId, nameId) &&
    (sessionIndexes.length === 0 || sessionIndexes.includes(participant.sessionIndex))
  const byValue = await store.findByNameIdValue(spEntityId, nameId.value)
  const found = byValue.flatMap((session) =>
    session.participants.filter(isMeant).map(({ nameId: issued }) => ({ session, issued })),
  )
  const strongly = found.filter(({ issued }) => matchesStrongly(issued, nameId))
  const [first] = found
  if (strongly.length > 0 || first === undefined) return { sessions: sessionsOf(strongly), isMeant }
  return { sessions: sessionsOf(found), isMeant, breach: looseNameId(nameId, first.issued) }
}

const sessionsOf = (found: readonly { readonly session: IdpSession }[]): readonly IdpSession[] => [
  ...new Set(found.map(({ session }) => session)),
]

function looseNameId(arrived: NameId, issued: NameId): Breach {
  return new Breach('looseNameId', 'no session of this principal is known here, but for the value of its NameID', {
    expected: inWords(issued),
    actual: inWords(arrived),
  })
}

function inWords({ format, nameQualifier, spNameQualifier }: NameId): string {
  return `Format ${format ?? 'absent'}, NameQualifier ${nameQualifier ?? 'absent'}, SPNameQualifier ${spNameQualifier ?? 'absent'}`
}
