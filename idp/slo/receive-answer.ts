import { isSuccess, type Status } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { copyOut } from '#server/copy-out'
import { judge } from '../inbox/judge.ts'
import type { Judged } from '../inbox/note-received.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { receiveMessage } from '../inbox/receive-message.ts'
import { receive } from '../inbox/received.ts'
import type { IdpParts } from '../parts.ts'
import { recordAnswer, recordLateAnswer } from './change-legs.ts'
import { answering, authenticity, logoutResponse } from './logout-response-rules.ts'
import { findAskedLeg, type LogoutRun } from './logout-run.ts'

/** An answer that is believed. */
export interface AcceptedAnswer extends Judged {
  readonly runId: string
  readonly requestId: string
  readonly status: Status
  /** When it came, in epoch milliseconds. */
  readonly at: number
}

type FindRun = (requestId: string) => Promise<LogoutRun | undefined>

/**
 * Judges the answer to a request of the run that has it, and records what was tolerated of it.
 * @throws RefusedMessage of the first rule that it breaks, be it that no run waits for it.
 */
export function receiveAnswer(parts: IdpParts, raw: RawMessage, findRun: FindRun): Promise<AcceptedAnswer> {
  const received = receive(parts, raw, { kind: logoutResponse })
  return receiveMessage(parts, received, async () => {
    const ofSender = judge(authenticity, received)
    const { inResponseTo: requestId = '', status } = received.believed.get()
    const run = await findRun(requestId)
    const tolerated = [...ofSender, ...judge(answering, { ...received, run })]
    if (run === undefined) throw new TypeError('a leg was found without a run')
    await parts.tolerations.record(received.sp.get().entityId, tolerated)
    const at = parts.config.clock.now()
    return { runId: run.id, requestId, at, status: copyOut(status), user: run.userName, tolerated }
  })
}

/** Whether this status means that the participant's session has ended, and the sessions of whomever it told in turn. */
function confirmsLogout(status: Status): boolean {
  return isSuccess(status) && !status.codes.includes(STATUS.partialLogout)
}

/** The run with this answer in it: counted while it is waited for, noted when it comes late. The same response twice: the first one counts. */
export function withAnswer(run: LogoutRun, { requestId, status, at }: AcceptedAnswer): LogoutRun {
  const given = { status, confirmed: confirmsLogout(status), at }
  const record = findAskedLeg(run, requestId) === undefined ? recordLateAnswer : recordAnswer
  return record(run, requestId, given)
}
