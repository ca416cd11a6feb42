import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import type { LogoutRun } from './logout-run.ts'

/** A run, and the sessions that were ended for it. */
export interface EndedSessions {
  readonly run: LogoutRun
  readonly ended: readonly IdpSession[]
}

/**
 * Ends sessions behind the run that tells their participants. Whenever this process dies, a session is there to be ended, or the run of everybody who was
 * in it, which is found by the session that it ended. Undefined when others had ended all of them: then there is no run.
 */
export async function endBehind(
  { sessions, logoutRuns }: Pick<IdpParts, 'sessions' | 'logoutRuns'>,
  found: readonly IdpSession[],
  runOf: (about: readonly IdpSession[]) => LogoutRun,
): Promise<EndedSessions | undefined> {
  if (found.length === 0) return undefined
  let run = runOf(found)
  await logoutRuns.add(run)
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
    if (about.length === 0) break
    run = runOf(about)
    const asItIs = run
    await logoutRuns.update(run.id, () => asItIs)
  }
  await logoutRuns.remove(run.id)
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
