import { SamlError } from '#saml/errors'
import { type LogoutResponse, parseLogoutResponse } from '#saml/messages/logout-response'
import type { Status } from '#saml/messages/status'
import { copyOut } from '#server/copy-out'
import { attempt } from '../inbox/attempt.ts'
import { contextOf } from '../inbox/message-rules.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { type ReadMessage, readRaw } from '../inbox/read-message.ts'
import { logoutSignature } from '../inbox/signature-rules.ts'
import { verifyRead } from '../inbox/verify-message.ts'
import type { IdpParts } from '../parts.ts'
import { advanceLogout, type LogoutMove } from './advance-logout.ts'
import { recordAnswer } from './change-legs.ts'
import { changeRun } from './change-run.ts'
import { checkLogoutResponse, confirmsLogout } from './check-logout-response.ts'
import { findAskedLeg, type LogoutRun } from './logout-run.ts'
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
  const read = attempt(() => readRaw(raw, parseLogoutResponse))
  if (read instanceof SamlError) return refuseAnswer(parts, { error: read, browserRunId })
  const { issuer, inResponseTo: claimedId = '' } = read.claimed
  const run = await parts.logoutRuns.findByRequestId(claimedId)
  const verdict = attempt(() => judgeResponse(parts, read, run))
  if (verdict instanceof SamlError) {
    return refuseAnswer(parts, { error: verdict, issuer, requestId: claimedId, browserRunId })
  }
  const { runId, requestId } = verdict
  const status = copyOut(verdict.status)
  const answered = { status, confirmed: confirmsLogout(status) }
  await changeRun(parts, runId, (found) => {
    // The same response twice at the same time: the first one counts.
    return findAskedLeg(found, requestId) === undefined ? found : recordAnswer(found, requestId, answered)
  })
  return advanceLogout(parts, runId)
}

interface AcceptedAnswer {
  readonly runId: string
  readonly requestId: string
  readonly status: Status
}

/** @throws SamlError of the first rule that the response breaks. */
function judgeResponse(parts: IdpParts, read: ReadMessage<LogoutResponse>, run: LogoutRun | undefined): AcceptedAnswer {
  const verified = verifyRead(parts, read, logoutSignature)
  const { message, sp, tolerated } = verified
  const { inResponseTo: requestId = '', status } = message
  const leg = run && findAskedLeg(run, requestId)
  const ofResponse = checkLogoutResponse(message, { ...contextOf('LogoutResponse', read, verified), leg })
  if (run === undefined) throw new TypeError('a leg was found without a run')
  parts.tolerations.record(sp.entityId, [...tolerated, ...ofResponse])
  return { runId: run.id, requestId, status }
}
