import type { Draft } from '../outbox/draft.ts'
import type { IdpParts } from '../parts.ts'
import { namesOf, type SessionParticipant } from '../sessions/idp-session.ts'
import { answerRequester, recordAnswering } from './answer-requester.ts'
import { askByCall, makeCalls } from './call-participants.ts'
import { askNext, passOver, type Reach } from './change-legs.ts'
import { changeRun, timeOutNow } from './change-run.ts'
import { logoutRequestDraft } from './logout-drafts.ts'
import type { LogoutMove } from './logout-move.ts'
import {
  decideNextStep,
  findAskedLeg,
  isUnheardOf,
  type LogoutRun,
  type LogoutStep,
  type SentRequest,
} from './logout-run.ts'
import { reachParticipant } from './reach-participant.ts'

/**
 * Carries a run one step further: whoever can be asked without a browser is asked at once and waited for, then the browser goes to the next participant or to
 * a page with a frame for each, or the requester is told how it ended. In a run without a browser nobody is asked by one.
 */
export async function advanceLogout(parts: IdpParts, runId: string): Promise<LogoutMove> {
  return (await takeStep(parts, runId, () => true)) ?? { kind: 'show', runId }
}

/**
 * The first step of a run that nobody has heard of. Of several who would take it at once one does; undefined for the others. Until it is written who is asked, or
 * that the requester is answered, it can be taken again.
 */
export function setOut(parts: IdpParts, runId: string): Promise<LogoutMove | undefined> {
  return takeStep(parts, runId, isUnheardOf)
}

/** One change of the run decides who takes the step and what it is, and a second one only where calls come in between. */
async function takeStep(
  parts: IdpParts,
  runId: string,
  isToBeTaken: (run: LogoutRun) => boolean,
): Promise<LogoutMove | undefined> {
  const request = { id: parts.config.newId(), at: parts.config.clock.now() }
  let isTaken = true
  let drafts: readonly Draft[] = []
  let step: LogoutStep | undefined
  const goByBrowser = (found: LogoutRun): LogoutRun => {
    const asked = askByBrowser(parts, found, request)
    step = decideNextStep(asked)
    return step.kind === 'answer' ? recordAnswering(parts, asked, step) : asked
  }
  let run = await changeRun(parts, runId, (found) => {
    isTaken = isToBeTaken(found)
    const calls = isTaken ? askByCall(parts, underWay(found)) : { run: found, drafts: [] }
    drafts = calls.drafts
    return isTaken && drafts.length === 0 ? goByBrowser(calls.run) : calls.run
  })
  if (!isTaken) return undefined
  if (run !== undefined && drafts.length > 0) {
    await makeCalls(parts, run, drafts)
    run = await changeRun(parts, runId, goByBrowser)
  }
  if (run === undefined) return { kind: 'show', runId }
  const asked = findAskedLeg(run, request.id)
  if (asked !== undefined) return askParticipant(parts, asked.participant, { run, requestId: request.id })
  return (step?.kind === 'answer' ? answerRequester(parts, run, step) : undefined) ?? { kind: 'show', runId }
}

const underWay = (run: LogoutRun): LogoutRun => (run.isUnderWay ? run : { ...run, isUnderWay: true })

function askByBrowser(parts: IdpParts, run: LogoutRun, request: Omit<SentRequest, 'way'>): LogoutRun {
  const reach = reachByBrowser(parts, run)
  const looked = timeOutNow(parts, run)
  return looked.propagation === 'frames' ? passOver(looked, reach) : askNext(looked, request, reach)
}

export function reachByBrowser(parts: IdpParts, { origin }: LogoutRun) {
  const isCalled = origin.kind === 'sp' && origin.waits === true
  return (participant: SessionParticipant): Reach => {
    const to = reachParticipant(parts, participant)
    if ('noWay' in to) return { kind: 'unreachable', reason: to.noWay }
    return isCalled ? { kind: 'needs-a-browser' } : to
  }
}

/** The LogoutRequest that goes to a participant which was just marked as asked with it. */
export function askParticipant(
  parts: IdpParts,
  participant: SessionParticipant,
  { run, requestId: id }: { run: LogoutRun; requestId: string },
): LogoutMove {
  const { id: runId, userName: user } = run
  const to = reachParticipant(parts, participant)
  if ('noWay' in to) return { kind: 'show', runId }
  return { kind: 'send', runId, draft: logoutRequestDraft(parts, { id, to, names: namesOf(participant), user }) }
}
