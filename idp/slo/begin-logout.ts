import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import { type LogoutOrigin, type LogoutRun, startLogoutRun } from './logout-run.ts'

/**
 * Ends sessions and starts the run that tells their participants. The sessions are gone before anybody is told, whatever comes of the run
 * (saml-core-2.0 §3.7.3.2). Who asked knows already and is not asked back. Undefined when all of them had ended before.
 */
export async function beginLogout(
  { config, sessions, logoutRuns }: IdpParts,
  origin: LogoutOrigin,
  found: readonly IdpSession[],
): Promise<LogoutRun | undefined> {
  const ended = (await Promise.all(found.map(({ id }) => sessions.end(id)))).filter((session) => session !== undefined)
  const [first] = ended
  if (first === undefined) return undefined
  const requester = origin.kind === 'sp' ? origin.spEntityId : undefined
  const run = startLogoutRun({
    id: config.newId(),
    userName: first.userName,
    origin,
    participants: ended
      .flatMap(({ participants }) => participants)
      .filter(({ spEntityId }) => spEntityId !== requester),
  })
  await logoutRuns.add(run)
  return run
}
