import type { IdpParts } from '../parts.ts'
import { timeOut } from './change-legs.ts'
import { legText } from './leg-text.ts'
import { isMissed, type LogoutLeg, type LogoutRun } from './logout-run.ts'

/**
 * Replaces a run by what `change` makes of it; undefined when there is no such run. Each participant that turned out not to confirm the logout is one
 * warning, in the words of the run's page.
 */
export async function changeRun(
  parts: IdpParts,
  runId: string,
  change: (run: LogoutRun) => LogoutRun,
): Promise<LogoutRun | undefined> {
  let before: LogoutRun | undefined
  const after = await parts.logoutRuns.update(runId, (run) => {
    before = run
    return change(run)
  })
  after?.legs.forEach((leg, index) => {
    if (leg !== before?.legs[index] && isMissed(leg)) warnOf(parts, leg)
  })
  return after
}

/** A run as it stands now: looking is what makes time pass in it. Undefined when there is no such run. */
export async function lookAtRun(parts: IdpParts, runId: string): Promise<LogoutRun | undefined> {
  return changeRun(parts, runId, (run) => timeOutNow(parts, run))
}

export function timeOutNow({ config, behaviour }: IdpParts, run: LogoutRun): LogoutRun {
  const { clock, lifetimes } = config
  const { participantTimeoutMs } = behaviour.now()
  return timeOut(run, { now: clock.now(), participantTimeoutMs, pendingMs: lifetimes.pendingSeconds * 1_000 })
}

function warnOf({ config, serviceProviders }: IdpParts, leg: LogoutLeg): void {
  const { spEntityId } = leg.participant
  const code = leg.state.kind === 'refused' ? leg.state.code : 'LOGOUT_NOT_CONFIRMED'
  config.log.warn({ code, sp: spEntityId }, `logout at ${serviceProviders.nameOf(spEntityId)}: ${legText(leg)}`)
}
