import type { NameId } from '#saml/messages/name-id'
import type { User } from '../directory/users.ts'
import type { IdpParts } from '../parts.ts'
import { type IdpSession, type LoginNames, namesOf } from '../sessions/idp-session.ts'
import { MintRefusal, unknown } from './mint-refusal.ts'
import type { WantedMessage, WantedNameId } from './wanted-message.ts'

/** The login that a message is about. */
export interface WantedLogin {
  readonly names: LoginNames
  /** The session that was named. */
  readonly session: IdpSession | undefined
  /** Whose attributes are told: nobody's where only names were said, since nothing is filled in. */
  readonly user: User | undefined
}

/**
 * What was said of a login, and what the session fills in that was named: as the participant was given it at its newest login.
 * @throws MintRefusal when neither was said, the session has ended, or nobody logged in there.
 */
export async function wantedLogin(parts: IdpParts, wanted: WantedMessage): Promise<WantedLogin> {
  const session = await findSession(parts, wanted.session ?? undefined)
  const filled = session && namesAt(parts, session, wanted)
  const nameId = wanted.nameId == null ? filled?.nameId : saidNameId(wanted.nameId)
  if (nameId === undefined) throw nobodyMeant(wanted)
  const sessionIndexes = saidIndexes(wanted.sessionIndex) ?? filled?.sessionIndexes ?? []
  const user = session && parts.users.find(session.userName)
  return { names: { nameId, sessionIndexes }, session, user }
}

/** @throws MintRefusal when a session is named that is not there. */
export async function findSession({ sessions }: IdpParts, id: string | undefined): Promise<IdpSession | undefined> {
  if (id === undefined) return undefined
  const session = await sessions.find(id)
  if (session !== undefined) return session
  const known = (await sessions.list()).map((each) => each.id)
  throw unknown('noSuchSession', { path: 'session', what: 'session', actual: id, known, listedBy: 'listSessions' })
}

function namesAt(
  { serviceProviders }: IdpParts,
  { participants }: IdpSession,
  { to, nameId }: WantedMessage,
): LoginNames | undefined {
  const participant = participants.findLast(({ spEntityId }) => spEntityId === to)
  if (participant !== undefined) return namesOf(participant)
  if (nameId != null) return undefined
  const there = [...new Set(participants.map(({ spEntityId }) => spEntityId))]
  const where = there.length === 0 ? 'nowhere' : there.join(', ')
  const says = `session: it has no login at ${serviceProviders.nameOf(to)}, only at ${where}`
  throw new MintRefusal('noSuchParticipant', says, { path: 'session', expected: there, actual: to })
}

function saidNameId({ value, format, nameQualifier, spNameQualifier, spProvidedId }: WantedNameId): NameId {
  return {
    value,
    format: format ?? undefined,
    nameQualifier: nameQualifier ?? undefined,
    spNameQualifier: spNameQualifier ?? undefined,
    spProvidedId: spProvidedId ?? undefined,
  }
}

function saidIndexes(said: WantedMessage['sessionIndex']): readonly string[] | undefined {
  if (said === undefined) return undefined
  if (said === null) return []
  return typeof said === 'string' ? [said] : said
}

function nobodyMeant({ kind }: WantedMessage): MintRefusal {
  const says = `a ${kind} is about somebody: expected session or nameId, found neither`
  return new MintRefusal('invalid', says, { path: 'session', expected: ['session', 'nameId'] })
}
