import { SamlError } from '#saml/errors'
import { refusalIn } from '../inbox/attempt.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import type { IdpParts } from '../parts.ts'
import { advanceLogout } from './advance-logout.ts'
import { moveAfterAnswer } from './ask-in-frame.ts'
import { changeRun } from './change-run.ts'
import type { LogoutMove } from './logout-move.ts'
import { findLeg } from './logout-run.ts'
import { receiveAnswer, withAnswer } from './receive-answer.ts'
import { refuseAnswer } from './refuse-answer.ts'

/**
 * Records what a participant answered and goes on with the run. The run is found by InResponseTo: browsers may have lost the cookie.
 * A response that cannot be believed does not stop the run it belongs to: see `refuseAnswer`.
 * @throws SamlError when it cannot be believed and belongs to no run that waits.
 */
export async function receiveLogoutResponse(
  parts: IdpParts,
  raw: RawMessage,
  browserRunId: string | undefined,
): Promise<LogoutMove> {
  const verdict = await receiveAnswer(parts, raw, parts.logoutRuns.findByRequestId).catch(refusalIn)
  if (verdict instanceof SamlError) return refuseAnswer(parts, { error: verdict, browserRunId })
  const answered = await changeRun(parts, verdict.runId, (found) => withAnswer(found, verdict))
  if (answered?.propagation === 'frames') return moveAfterAnswer(answered, findLeg(answered, verdict.requestId))
  return advanceLogout(parts, verdict.runId)
}
