import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import { isUnheardOf, joinRuns, type LogoutRun } from './logout-run.ts'
import type { LogoutRunStore } from './logout-run-store.ts'

/** A run, and the sessions that were ended for it. */
export interface EndedSessions {
  readonly run: LogoutRun
  readonly ended: readonly IdpSession[]
}

/** A run to be. */
export interface Planned {
  readonly id: string
  readonly runOf: (about: readonly IdpSession[]) => LogoutRun
}

/**
 * Ends sessions behind the run that tells their participants. Whenever this process dies, a session is there to be ended, or the run of everybody who was
 * in it, which is found by the session that it ended. One that was begun before is gone on with by all who are at it, and behind one that somebody has heard of nothing
 * is ended any more. Undefined when others had ended all of them: then there is no run.
 */
export async function endBehind(
  { sessions, logoutRuns }: Pick<IdpParts, 'sessions' | 'logoutRuns'>,
  found: readonly IdpSession[],
  { id, runOf }: Planned,
): Promise<EndedSessions | undefined> {
  const restate = (about: readonly IdpSession[]) =>
    logoutRuns.update(id, (stored) => (isUnheardOf(stored) ? restated(stored, runOf(about)) : stored))
  let run = await beginOrJoin(logoutRuns, runOf(found))
  let living = found
  let ended: readonly IdpSession[] = []
  for (;;) {
    if (run === undefined) return undefined
    if (!isUnheardOf(run)) return { run, ended }
    const areEnded = await Promise.all(living.map(sessions.endAsFound))
    ended = [...ended, ...living.filter((_session, at) => areEnded[at])]
    const left = living.filter((_session, at) => !areEnded[at])
    if (left.length === 0) return { run, ended }
    // Somebody logged in, or ended it, in between.
    living = await findLiving(sessions, left)
    const about = [...ended, ...living]
    if (about.length === 0) await logoutRuns.remove(id, (stored) => isUnheardOf(stored) && stored.isJoined !== true)
    run = about.length === 0 ? await logoutRuns.find(id) : await restate(about)
  }
}

/** The run as it stands now: begun with this, or by somebody else before, and this joined to it. Undefined where it is about nothing and there is none. */
async function beginOrJoin(logoutRuns: LogoutRunStore, run: LogoutRun): Promise<LogoutRun | undefined> {
  for (;;) {
    if (run.sessionIds.length > 0 && (await logoutRuns.add(run))) return run
    const joined = await logoutRuns.update(run.id, (stored) =>
      isUnheardOf(stored) ? { ...joinRuns(stored, run), isJoined: true } : stored,
    )
    if (joined !== undefined || run.sessionIds.length === 0) return joined
  }
}

/** What others have begun stays in it. Where nobody else is at it, whom others asked in runs of their own is not asked again. */
const restated = (stored: LogoutRun, run: LogoutRun): LogoutRun => (stored.isJoined ? joinRuns(stored, run) : run)

/** Those that have not ended, as they are now. */
export async function findLiving(
  sessions: Pick<SessionStore, 'find'>,
  found: readonly IdpSession[],
): Promise<readonly IdpSession[]> {
  const all = await Promise.all(found.map(({ id }) => sessions.find(id)))
  return all.filter((session) => session !== undefined)
}
