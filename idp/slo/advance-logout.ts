import { type Status, success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import type { Draft } from '../outbox/draft.ts'
import { findRequester } from '../outbox/find-addressee.ts'
import type { IdpParts } from '../parts.ts'
import type { SessionParticipant } from '../sessions/idp-session.ts'
import { callParticipants } from './call-participants.ts'
import { askNext, type Reach, recordRequesterAnswer } from './change-legs.ts'
import { changeRun } from './change-run.ts'
import { logoutRequestDraft, logoutResponseDraft } from './logout-drafts.ts'
import { decideNextStep, findAskedLeg, type LogoutRun, type LogoutStep, type RequesterAnswer } from './logout-run.ts'
import { reachParticipant } from './reach-participant.ts'

/** Where the browser goes next: to a service provider with a message, or to our own page about the run. */
export type LogoutMove =
  | { readonly kind: 'send'; readonly draft: Draft; readonly runId?: string }
  | { readonly kind: 'show'; readonly runId: string }

const partialLogout: Status = {
  codes: [STATUS.success, STATUS.partialLogout],
  message: 'the session has ended, and not every service provider confirmed it',
}

const noBrowser = 'it needs a browser, and this logout has none'

/**
 * Carries a run one step further: whoever can be asked without a browser is asked at once and waited for, then the browser goes to the next participant, or
 * the requester is told how it ended. In a run without a browser nobody is asked by one.
 */
export async function advanceLogout(parts: IdpParts, runId: string): Promise<LogoutMove> {
  await callParticipants(parts, runId)
  const requestId = parts.config.newId()
  const run = await changeRun(parts, runId, (found) => askNext(found, requestId, reachByBrowser(parts, found)))
  if (run === undefined) return { kind: 'show', runId }
  const asked = findAskedLeg(run, requestId)
  if (asked !== undefined) return askParticipant(parts, asked.participant, { runId, requestId })
  const step = decideNextStep(run)
  return step.kind === 'answer' ? answerRequester(parts, runId, step) : { kind: 'show', runId }
}

function reachByBrowser(parts: IdpParts, { origin }: LogoutRun) {
  const waits = origin.kind === 'sp' && origin.waits === true
  return (participant: SessionParticipant): Reach => {
    const to = reachParticipant(parts, participant)
    return waits && !('noWay' in to) ? { noWay: noBrowser } : to
  }
}

function askParticipant(
  parts: IdpParts,
  participant: SessionParticipant,
  { runId, requestId: id }: { runId: string; requestId: string },
): LogoutMove {
  const to = reachParticipant(parts, participant)
  if ('noWay' in to) return { kind: 'show', runId }
  return { kind: 'send', runId, draft: logoutRequestDraft(parts.config, { id, to, participant }) }
}

async function answerRequester(
  parts: IdpParts,
  runId: string,
  { origin, outcome }: Extract<LogoutStep, { kind: 'answer' }>,
): Promise<LogoutMove> {
  const { config, serviceProviders } = parts
  const { spEntityId, requestId: inResponseTo, relayState } = origin
  const to = findRequester(serviceProviders, origin)
  const answer: RequesterAnswer = 'noWay' in to ? { kind: 'failed', reason: to.noWay } : { kind: 'sent' }
  await changeRun(parts, runId, (run) => recordRequesterAnswer(run, answer))
  if ('noWay' in to) {
    const says = `${serviceProviders.nameOf(spEntityId)} asked for a logout and has no way to be answered: ${to.noWay}`
    config.log.warn({ code: 'LOGOUT_NOT_ANSWERED', sp: spEntityId }, says)
    return { kind: 'show', runId }
  }
  // Success says that the session here has ended; what others did stands below it (saml-core-2.0 §3.7.3.2, Kantara SDP-IDP31).
  const status = outcome === 'complete' ? success : partialLogout
  return { kind: 'send', runId, draft: logoutResponseDraft(config, { to, inResponseTo, relayState, status }) }
}
