import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import { isUnheardOf, joinRuns, type LogoutRun } from './logout-run.ts'

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
 * in it, which is found by the session that it ended. One that was begun before and died is gone on with. Undefined when others had ended all of them: then there
 * is no run.
 */
export async function endBehind(
  { sessions, logoutRuns }: Pick<IdpParts, 'sessions' | 'logoutRuns'>,
  found: readonly IdpSession[],
  { id, runOf }: Planned,
): Promise<EndedSessions | undefined> {
  const isNew = found.length > 0 && (await logoutRuns.add(runOf(found)))
  const earlier = isNew ? undefined : await logoutRuns.find(id)
  if (!isNew && earlier === undefined) return undefined
  const runAbout = (about: readonly IdpSession[]) =>
    earlier === undefined || about.length === 0 ? (earlier ?? runOf(about)) : joinRuns(earlier, runOf(about))
  const replace = (wanted: LogoutRun) => logoutRuns.update(id, (stored) => (isUnheardOf(stored) ? wanted : stored))
  let run = runAbout(found)
  if (!isNew) await replace(run)
  let living = found
  let ended: readonly IdpSession[] = []
  for (;;) {
    const areEnded = await Promise.all(living.map(sessions.endAsFound))
    ended = [...ended, ...living.filter((_session, at) => areEnded[at])]
    const left = living.filter((_session, at) => !areEnded[at])
    if (left.length === 0) return { run, ended }
    // Somebody logged in, or ended it, in between.
    living = await findLiving(sessions, left)
    const about = [...ended, ...living]
    if (about.length === 0 && isNew) break
    run = runAbout(about)
    await replace(run)
  }
  await logoutRuns.remove(id)
  return undefined
}

/** Those that have not ended, as they are now. */
export async function findLiving(
  sessions: Pick<SessionStore, 'find'>,
  found: readonly IdpSession[],
): Promise<readonly IdpSession[]> {
  const all = await Promise.all(found.map(({ id }) => sessions.find(id)))
  return all.filter((session) => session !== undefined)
}
