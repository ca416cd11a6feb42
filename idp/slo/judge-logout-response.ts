import type { LogoutResponse } from '#saml/messages/logout-response'
import type { Status } from '#saml/messages/status'
import { copyOut } from '#server/copy-out'
import { contextOf } from '../inbox/message-rules.ts'
import type { ReadMessage } from '../inbox/read-message.ts'
import { logoutSignature } from '../inbox/signature-rules.ts'
import { verifyRead } from '../inbox/verify-message.ts'
import type { IdpParts } from '../parts.ts'
import { recordAnswer, recordLateAnswer } from './change-legs.ts'
import { checkLogoutResponse, confirmsLogout } from './check-logout-response.ts'
import { findAskedLeg, findLeg, type LogoutRun } from './logout-run.ts'

/** An answer that is believed. */
export interface AcceptedAnswer {
  readonly runId: string
  readonly requestId: string
  readonly status: Status
}

/**
 * Judges the answer to a request of this run, and records what was tolerated of it.
 * @throws SamlError of the first rule that it breaks, be it that no run waits for it.
 */
export function judgeLogoutResponse(
  parts: IdpParts,
  read: ReadMessage<LogoutResponse>,
  run: LogoutRun | undefined,
): AcceptedAnswer {
  const verified = verifyRead(parts, read, logoutSignature)
  const { message, sp, tolerated } = verified
  const { inResponseTo: requestId = '', status } = message
  const leg = run && findLeg(run, requestId)
  const ofResponse = checkLogoutResponse(message, { ...contextOf('LogoutResponse', read, verified), leg })
  if (run === undefined) throw new TypeError('a leg was found without a run')
  parts.tolerations.record(sp.entityId, [...tolerated, ...ofResponse])
  return { runId: run.id, requestId, status: copyOut(status) }
}

/** The run with this answer in it: counted while it is waited for, noted when it comes late. The same response twice: the first one counts. */
export function withAnswer(run: LogoutRun, { requestId, status }: AcceptedAnswer): LogoutRun {
  const given = { status, confirmed: confirmsLogout(status) }
  const record = findAskedLeg(run, requestId) === undefined ? recordLateAnswer : recordAnswer
  return record(run, requestId, given)
}
