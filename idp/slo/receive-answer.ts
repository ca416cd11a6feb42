import { parseLogoutResponse } from '#saml/messages/logout-response'
import type { Status } from '#saml/messages/status'
import { copyOut } from '#server/copy-out'
import { contextOf } from '../inbox/message-rules.ts'
import type { Judged } from '../inbox/note-received.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { receiveMessage } from '../inbox/receive-message.ts'
import { logoutSignature } from '../inbox/signature-rules.ts'
import type { IdpParts } from '../parts.ts'
import { recordAnswer, recordLateAnswer } from './change-legs.ts'
import { checkLogoutResponse, confirmsLogout } from './check-logout-response.ts'
import { findAskedLeg, findLeg, type LogoutRun } from './logout-run.ts'

/** An answer that is believed. */
export interface AcceptedAnswer extends Judged {
  readonly runId: string
  readonly requestId: string
  readonly status: Status
}

type FindRun = (requestId: string) => Promise<LogoutRun | undefined>

/**
 * Judges the answer to a request of the run that has it, and records what was tolerated of it.
 * @throws RefusedMessage of the first rule that it breaks, be it that no run waits for it.
 */
export function receiveAnswer(parts: IdpParts, raw: RawMessage, findRun: FindRun): Promise<AcceptedAnswer> {
  return receiveMessage(parts, raw, {
    what: 'LogoutResponse',
    parse: parseLogoutResponse,
    signature: logoutSignature,
    judge: async (verified) => {
      const { message, sp } = verified
      const { inResponseTo: requestId = '', status } = message
      const run = await findRun(requestId)
      const leg = run && findLeg(run, requestId)
      const ofResponse = checkLogoutResponse(message, { ...contextOf('LogoutResponse', raw, verified), leg })
      if (run === undefined) throw new TypeError('a leg was found without a run')
      const tolerated = [...verified.tolerated, ...ofResponse]
      parts.tolerations.record(sp.entityId, tolerated)
      return { runId: run.id, requestId, status: copyOut(status), user: run.userName, tolerated }
    },
  })
}

/** The run with this answer in it: counted while it is waited for, noted when it comes late. The same response twice: the first one counts. */
export function withAnswer(run: LogoutRun, { requestId, status }: AcceptedAnswer): LogoutRun {
  const given = { status, confirmed: confirmsLogout(status) }
  const record = findAskedLeg(run, requestId) === undefined ? recordLateAnswer : recordAnswer
  return record(run, requestId, given)
}
