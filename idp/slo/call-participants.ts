import { SamlError } from '#saml/errors'
import { HttpTimeout } from '#server/http-call'
import type { RawMessage } from '../inbox/raw-message.ts'
import { callBySoap } from '../outbox/call-by-soap.ts'
import type { Draft } from '../outbox/draft.ts'
import type { Outgoing } from '../outbox/outgoing.ts'
import { sendOut } from '../outbox/send-out.ts'
import type { IdpParts } from '../parts.ts'
import { namesOf } from '../sessions/idp-session.ts'
import { askAtOnce, recordFailedCall, recordRefusedAnswer } from './change-legs.ts'
import { changeRun } from './change-run.ts'
import { logoutRequestDraft } from './logout-drafts.ts'
import { findAskedLeg, type LogoutRun } from './logout-run.ts'
import { reachParticipant } from './reach-participant.ts'
import { receiveAnswer, withAnswer } from './receive-answer.ts'

/**
 * Asks every participant that can be asked without a browser, all at once and each for a limited time (`spec/contract.md` §2.2), and waits until each has
 * answered or its time is over. Whatever comes of a call stands at its leg, unless somebody has given up waiting before.
 */
export async function callParticipants(parts: IdpParts, runId: string): Promise<void> {
  let drafts: readonly Draft[] = []
  const run = await changeRun(parts, runId, (found) => {
    const calls = askByCall(parts, found)
    drafts = calls.drafts
    return calls.run
  })
  if (run !== undefined) await makeCalls(parts, run, drafts)
}

/** Calls that are to be made, and the run in which whom they go to is marked as asked. */
interface Calls {
  readonly run: LogoutRun
  readonly drafts: readonly Draft[]
}

/** The calls to everybody who was not asked yet and can be without a browser. */
export function askByCall(parts: IdpParts, found: LogoutRun): Calls {
  const drafts: Draft[] = []
  const run = askAtOnce(found, (participant) => {
    const to = reachParticipant(parts, participant)
    if ('noWay' in to || to.way !== 'soap') return undefined
    const id = parts.config.newId()
    drafts.push(logoutRequestDraft(parts, { id, to, names: namesOf(participant), user: found.userName }))
    return { id, way: to.way, at: parts.config.clock.now() }
  })
  return { run, drafts }
}

/** Makes the calls that stand in a run, and waits as `callParticipants` does. */
export async function makeCalls(parts: IdpParts, run: LogoutRun, drafts: readonly Draft[]): Promise<void> {
  await Promise.all(drafts.map((draft) => callParticipant(parts, run, draft)))
}

async function callParticipant(parts: IdpParts, run: LogoutRun, draft: Draft): Promise<void> {
  const change = await outcomeOf(parts, run, draft)
  await changeRun(parts, run.id, change)
}

type Change = (run: LogoutRun) => LogoutRun

async function outcomeOf(parts: IdpParts, run: LogoutRun, draft: Draft): Promise<Change> {
  const { participantTimeoutMs: afterMs } = parts.behaviour.now()
  const outgoing = await sendOut(parts, draft, 'call')
  const { id } = outgoing
  try {
    const asked = onlyLeg(run, { id: draft.fields.id, sentId: id })
    const receive = async (answer: RawMessage) => receiveAnswer(parts, answer, async () => asked)
    const receiving = deliver(parts, outgoing, afterMs).then(receive)
    if (outgoing.delivery === 'twice')
      await deliverAgain(receiving, () => callBySoap(parts, outgoing, afterMs).then(receive))
    const answer = await receiving
    return (found) => withAnswer(found, answer)
  } catch (error) {
    const { message } = error as Error
    if (error instanceof TypeError) throw error
    if (error instanceof SamlError) {
      return whileAsked(id, (found) => recordRefusedAnswer(found, id, { code: error.code, reason: message }))
    }
    const isLate = error instanceof HttpTimeout
    const failure = isLate ? ({ kind: 'timed-out', afterMs } as const) : ({ kind: 'failed', reason: message } as const)
    return whileAsked(id, (found) => recordFailedCall(found, id, failure))
  }
}

/** The second call is made when the first is over. What is answered to it is read, and is nobody's answer. */
async function deliverAgain(first: Promise<unknown>, call: () => Promise<unknown>): Promise<void> {
  await first.catch(() => undefined)
  await call().catch(() => undefined)
}

/** Calls, and where that is wrong on purpose later or never: then nobody answers in time. */
async function deliver(parts: IdpParts, outgoing: Outgoing, afterMs: number): Promise<RawMessage> {
  const { faults } = parts.config
  const { delivery } = outgoing
  if (delivery === 'never') {
    await faults.wait(afterMs)
    throw new HttpTimeout('it was never sent')
  }
  if (typeof delivery === 'object') await faults.wait(delivery.delayMs)
  return callBySoap(parts, outgoing, afterMs)
}

/** A failure says nothing any more once somebody has given up waiting. */
function whileAsked(requestId: string, change: Change): Change {
  return (run) => (findAskedLeg(run, requestId) === undefined ? run : change(run))
}

/** A call is answered by who was called: the answer to another request of the run is none. */
function onlyLeg(run: LogoutRun, { id, sentId }: { readonly id: string; readonly sentId: string }): LogoutRun {
  const leg = findAskedLeg(run, id)
  return { ...run, legs: leg?.request === undefined ? [] : [{ ...leg, request: { ...leg.request, id: sentId } }] }
}
