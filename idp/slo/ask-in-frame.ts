import type { IdpParts } from '../parts.ts'
import { askParticipant, reachByBrowser } from './advance-logout.ts'
import { passOver, recordAsked } from './change-legs.ts'
import { changeRun, timeOutNow } from './change-run.ts'
import type { LogoutMove } from './logout-move.ts'
import { findAskedLeg, type LogoutLeg, type LogoutRun } from './logout-run.ts'
import { reachParticipant } from './reach-participant.ts'

/** Asks the participant of one leg in its own frame, once; of a leg that is past that the frame says how it stands. Undefined when there is no such leg. */
export async function askInFrame(parts: IdpParts, runId: string, index: number): Promise<LogoutMove | undefined> {
  const id = parts.config.newId()
  const run = await changeRun(parts, runId, (found) => askLeg(parts, timeOutNow(parts, found), { id, index }))
  const leg = run?.legs[index]
  if (run === undefined || leg === undefined) return undefined
  if (findAskedLeg(run, id) !== leg) return { kind: 'stay', runId, leg }
  return askParticipant(parts, leg.participant, { run, requestId: id })
}

function askLeg(parts: IdpParts, run: LogoutRun, { id, index }: { id: string; index: number }): LogoutRun {
  const passed = passOver(run, reachByBrowser(parts, run))
  const leg = passed.legs[index]
  if (leg?.state.kind !== 'pending' || run.propagation !== 'frames') return passed
  const to = reachParticipant(parts, leg.participant)
  return 'noWay' in to
    ? passed
    : recordAsked(passed, leg.participant, { id, way: to.way, at: parts.config.clock.now() })
}

/** Where the browser goes with what came back from a participant: in a run by frames it is a frame, and stays. */
export function moveAfterAnswer({ id: runId, propagation }: LogoutRun, leg: LogoutLeg | undefined): LogoutMove {
  return propagation === 'frames' && leg !== undefined ? { kind: 'stay', runId, leg } : { kind: 'show', runId }
}
