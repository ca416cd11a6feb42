import type { NameId } from '#saml/messages/name-id'
import { NAME_ID_FORMAT } from '#saml/names'
import type { IdpSession, SessionParticipant } from '../sessions/idp-session.ts'

/** Whose login a LogoutRequest names. */
export interface NamedLogin {
  readonly spEntityId: string
  readonly nameId: NameId
  /** None is any. */
  readonly sessionIndexes: readonly string[]
}

/** What a login may differ in from the one that is named. */
export type Field = 'spEntityId' | 'value' | 'format' | 'nameQualifier' | 'spNameQualifier' | 'sessionIndex'

/** A session that is not meant, and what its nearest login differs in. */
export interface NearSession {
  readonly session: string
  readonly differsIn: readonly Field[]
}

const most = 3

/** The sessions of which a login differs least, the nearest first: at most three. What neither went to this service provider nor has this value is not near. */
export function nearestSessions(sessions: readonly IdpSession[], named: NamedLogin): readonly NearSession[] {
  return sessions
    .flatMap(({ id, participants }) => {
      const [nearest] = participants.map((login) => differences(login, named)).sort(byNumber)
      return nearest === undefined ? [] : [{ session: id, differsIn: nearest }]
    })
    .filter(({ differsIn }) => !(differsIn.includes('spEntityId') && differsIn.includes('value')))
    .sort((one, other) => byNumber(one.differsIn, other.differsIn))
    .slice(0, most)
}

const byNumber = (one: readonly Field[], other: readonly Field[]) => one.length - other.length

function differences(login: SessionParticipant, { spEntityId, nameId, sessionIndexes }: NamedLogin): readonly Field[] {
  const { nameId: issued, sessionIndex } = login
  const same: Readonly<Record<Field, boolean>> = {
    spEntityId: login.spEntityId === spEntityId,
    value: issued.value === nameId.value,
    format: formatOf(issued) === formatOf(nameId),
    nameQualifier: issued.nameQualifier === nameId.nameQualifier,
    spNameQualifier: issued.spNameQualifier === nameId.spNameQualifier,
    sessionIndex: sessionIndexes.length === 0 || sessionIndexes.includes(sessionIndex),
  }
  return (Object.keys(same) as Field[]).filter((field) => !same[field])
}

const formatOf = ({ format = NAME_ID_FORMAT.unspecified }: NameId): string => format
