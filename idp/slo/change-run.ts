import type { IdpParts } from '../parts.ts'
import { legText } from './leg-text.ts'
import type { LegState, LogoutLeg, LogoutRun } from './logout-run.ts'

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
    if (leg !== before?.legs[index] && isMissed(leg.state)) warnOf(parts, leg)
  })
  return after
}

function isMissed(state: LegState): boolean {
  return state.kind === 'answered' ? !state.confirmed : state.kind !== 'pending' && state.kind !== 'asked'
}

function warnOf({ config, serviceProviders }: IdpParts, { participant, state }: LogoutLeg): void {
  const { spEntityId } = participant
  const code = state.kind === 'refused' ? state.code : 'LOGOUT_NOT_CONFIRMED'
  config.log.warn({ code, sp: spEntityId }, `logout at ${serviceProviders.nameOf(spEntityId)}: ${legText(state)}`)
}
