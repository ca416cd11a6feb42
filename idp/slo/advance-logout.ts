import { type Status, success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { findRequester } from '../outbox/find-addressee.ts'
import type { IdpParts } from '../parts.ts'
import { namesOf, type SessionParticipant } from '../sessions/idp-session.ts'
import { callParticipants } from './call-participants.ts'
import { askNext, passOver, type Reach, recordRequesterAnswer } from './change-legs.ts'
import { changeRun, timeOutNow } from './change-run.ts'
import { logoutRequestDraft, logoutResponseDraft } from './logout-drafts.ts'
import type { LogoutMove } from './logout-move.ts'
import { decideNextStep, findAskedLeg, type LogoutRun, type LogoutStep } from './logout-run.ts'
import { reachParticipant } from './reach-participant.ts'

const partialLogout: Status = {
  codes: [STATUS.success, STATUS.partialLogout],
  message: 'the session has ended, and not every service provider confirmed it',
}

/**
 * Carries a run one step further: whoever can be asked without a browser is asked at once and waited for, then the browser goes to the next participant or to
 * a page with a frame for each, or the requester is told how it ended. In a run without a browser nobody is asked by one.
 */
export async function advanceLogout(parts: IdpParts, runId: string): Promise<LogoutMove> {
  await callParticipants(parts, runId)
  const request = { id: parts.config.newId(), at: parts.config.clock.now() }
  const run = await changeRun(parts, runId, (found) => {
    const reach = reachByBrowser(parts, found)
    const looked = setOut(timeOutNow(parts, found))
    return looked.propagation === 'frames' ? passOver(looked, reach) : askNext(looked, request, reach)
  })
  if (run === undefined) return { kind: 'show', runId }
  const asked = findAskedLeg(run, request.id)
  if (asked !== undefined) return askParticipant(parts, asked.participant, { run, requestId: request.id })
  return (await answerRequester(parts, runId)) ?? { kind: 'show', runId }
}

const setOut = (run: LogoutRun): LogoutRun => (run.isUnderWay ? run : { ...run, isUnderWay: true })

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

/** Tells the requester how it ended if that is what comes next, and once: of several that come here at the same time one does. */
async function answerRequester(parts: IdpParts, runId: string): Promise<LogoutMove | undefined> {
  const { config, serviceProviders } = parts
  let step: LogoutStep | undefined
  const answering = await changeRun(parts, runId, (run) => {
    step = decideNextStep(run)
    if (step.kind !== 'answer') return run
    const to = findRequester(serviceProviders, step.origin)
    return recordRequesterAnswer(run, 'noWay' in to ? { kind: 'failed', reason: to.noWay } : { kind: 'sent' })
  })
  if (step?.kind !== 'answer') return undefined
  const { origin, outcome } = step
  const { spEntityId, requestId: inResponseTo, relayState } = origin
  const to = findRequester(serviceProviders, origin)
  if ('noWay' in to) {
    const says = `${serviceProviders.nameOf(spEntityId)} asked for a logout and has no way to be answered: ${to.noWay}`
    config.log.warn({ code: 'LOGOUT_NOT_ANSWERED', sp: spEntityId }, says)
    return undefined
  }
  // Success says that the session here has ended; what others did stands below it (saml-core-2.0 §3.7.3.2, Kantara SDP-IDP31).
  const user = answering?.userName
  const status = outcome === 'complete' ? success : partialLogout
  return { kind: 'send', runId, draft: logoutResponseDraft(config, { to, inResponseTo, relayState, status, user }) }
}
