import type { IdpParts } from '../parts.ts'
import type { IdpSession, SessionParticipant } from '../sessions/idp-session.ts'
import { noteEnded } from '../sessions/note-ended.ts'
import { type EndedSessions, endBehind, findLiving } from './end-behind.ts'
import { type LogoutOrigin, type LogoutRun, startLogoutRun, unconfirmed } from './logout-run.ts'

/** Sessions to be ended. */
export interface MeantSessions {
  readonly sessions: readonly IdpSession[]
  /** Whether the requester named this login of its own. */
  readonly isMeant: (participant: SessionParticipant) => boolean
  /** Who is asked at all; everybody when absent. */
  readonly isAsked?: ((participant: SessionParticipant) => boolean) | undefined
  /** Where it was asked for, if not by a service provider; `portal` unless said. */
  readonly endedBy?: 'control' | undefined
  /** Of the run, where it was named before, and may have been begun. */
  readonly runId?: string | undefined
}

/**
 * Starts the run that tells the participants of sessions, and ends them. The sessions are gone before anybody is told, whatever comes of the run
 * (saml-core-2.0 §3.7.3.2); an IdP that was told to keep them only pretends. Who asked knows already and is not asked back (saml-profiles-2.0
 * §4.4.3.3) unless the IdP is one that does, not even about logins of its own that it did not name: those are left out, with a warning. Undefined when
 * all sessions had ended before.
 *
 * Each login is a leg of its own, also at the same service provider: a NameID is new at each login, and of several SessionIndexes in one LogoutRequest
 * Elasticsearch reads the first only.
 */
export async function beginLogout(
  parts: IdpParts,
  origin: LogoutOrigin,
  meant: MeantSessions,
): Promise<LogoutRun | undefined> {
  const { config, behaviour } = parts
  const { session: what } = behaviour.now().logout
  const [id, startedAt] = [meant.runId ?? config.newId(), config.clock.now()]
  const runOf = (about: readonly IdpSession[]) => makeRun(parts, { origin, meant }, { id, startedAt, about })
  const begun =
    what === 'keep' ? await beginPretending(parts, meant, runOf) : await endBehind(parts, meant.sessions, { id, runOf })
  if (begun === undefined) return undefined
  const { run, ended } = begun
  noteEnded(parts, ended, { ...enderOf(origin, meant), id })
  warnOfLeftOut(parts, run)
  if (run.keepsSession) {
    config.log.warn({ code: 'SESSION_KEPT' }, `the session of ${run.userName} was kept: this logout only pretends`)
  }
  return run
}

interface Asked {
  readonly origin: LogoutOrigin
  readonly meant: MeantSessions
}

interface About extends Pick<LogoutRun, 'id' | 'startedAt'> {
  readonly about: readonly IdpSession[]
}

/** The run that tells the participants of these sessions. */
function makeRun({ behaviour }: IdpParts, { origin, meant }: Asked, { id, startedAt, about }: About): LogoutRun {
  const { isMeant, isAsked = () => true } = meant
  const { propagation, onFailure, initiator, session: what } = behaviour.now().logout
  const requester = origin.kind === 'sp' && initiator === 'leftOut' ? origin.spEntityId : undefined
  const participants = about.flatMap((session) => session.participants)
  return startLogoutRun({
    ...{ id, origin, startedAt },
    userName: about[0]?.userName ?? '',
    // Nobody who called has a page that could hold frames.
    propagation: origin.kind === 'sp' && origin.waits ? 'chain' : propagation,
    ...{ onFailure, keepsSession: what === 'keep' },
    participants: participants.filter((each) => each.spEntityId !== requester && isAsked(each)),
    leftOut: participants.filter((each) => (each.spEntityId === requester ? !isMeant(each) : !isAsked(each))),
    requested: participants.filter((each) => each.spEntityId === requester && isMeant(each)),
    sessionIds: about.map((session) => session.id),
  })
}

/** The run for sessions that only seem to end. */
async function beginPretending(
  { sessions, logoutRuns }: IdpParts,
  { sessions: found }: MeantSessions,
  runOf: (about: readonly IdpSession[]) => LogoutRun,
): Promise<EndedSessions | undefined> {
  const about = await findLiving(sessions, found)
  if (about.length === 0) return undefined
  const run = runOf(about)
  await logoutRuns.add(run)
  return { run, ended: [] }
}

function enderOf(origin: LogoutOrigin, { endedBy }: MeantSessions) {
  if (origin.kind !== 'sp') return { endedBy: endedBy ?? 'portal' }
  return { endedBy: origin.spEntityId, inResponseTo: origin.requestId }
}

/**
 * The run that asks those again that did not confirm an earlier one; the earlier one when there is nobody to ask. The session has ended long ago, and who asked
 * for that has heard. Who wants it twice, or at two replicas at once, gets the same run.
 */
export async function beginAgain({ config, behaviour, logoutRuns }: IdpParts, earlier: LogoutRun): Promise<LogoutRun> {
  const { userName, keepsSession, sessionIds } = earlier
  const { propagation, onFailure } = behaviour.now().logout
  const participants = unconfirmed(earlier)
  if (participants.length === 0) return earlier
  const newId = config.newId()
  const named = await logoutRuns.update(earlier.id, (run) => (run.again === undefined ? { ...run, again: newId } : run))
  const id = named?.again ?? newId
  const run = startLogoutRun({
    ...{ id, userName },
    origin: { kind: 'portal' },
    startedAt: config.clock.now(),
    ...{ propagation, onFailure, keepsSession, sessionIds },
    participants,
  })
  await logoutRuns.add(run)
  return (await logoutRuns.find(id)) ?? run
}

function warnOfLeftOut({ config, serviceProviders }: IdpParts, { leftOut, origin }: LogoutRun): void {
  const [first] = leftOut
  if (first === undefined || origin.kind === 'portal') return
  const { spEntityId: sp } = first
  const says = `${serviceProviders.nameOf(sp)} asked for a logout and was not asked about other logins of its own that ended with it: ${leftOut.length}`
  config.log.warn(
    { code: 'LOGOUT_LEFT_OUT', sp, sessionIndexes: leftOut.map(({ sessionIndex }) => sessionIndex) },
    says,
  )
}
