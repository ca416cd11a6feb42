import { type Status, success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { whyStale } from '../directory/valid-metadata.ts'
import type { Draft } from '../outbox/draft.ts'
import { findAddressee } from '../outbox/find-addressee.ts'
import type { IdpParts } from '../parts.ts'
import type { SessionParticipant } from '../sessions/idp-session.ts'
import { askNext, recordRequesterAnswer } from './change-legs.ts'
import { changeRun } from './change-run.ts'
import { logoutRequestDraft, logoutResponseDraft } from './logout-drafts.ts'
import { decideNextStep, findAskedLeg, type LogoutStep, type RequesterAnswer } from './logout-run.ts'

/** Where the browser goes next: to a service provider with a message, or to our own page about the run. */
export type LogoutMove =
  | { readonly kind: 'send'; readonly draft: Draft; readonly runId?: string }
  | { readonly kind: 'show'; readonly runId: string }

const partialLogout: Status = {
  codes: [STATUS.success, STATUS.partialLogout],
  message: 'the session has ended, and not every service provider confirmed it',
}

/** Carries a run one step further by the browser: asks the next participant, or tells the requester how it ended. */
export async function advanceLogout(parts: IdpParts, runId: string): Promise<LogoutMove> {
  const requestId = parts.config.newId()
  const run = await changeRun(parts, runId, (found) => askNext(found, requestId, whyUnreachable(parts)))
  if (run === undefined) return { kind: 'show', runId }
  const asked = findAskedLeg(run, requestId)
  if (asked !== undefined) return askParticipant(parts, asked.participant, { runId, requestId })
  const step = decideNextStep(run)
  return step.kind === 'answer' ? answerRequester(parts, runId, step) : { kind: 'show', runId }
}

function whyUnreachable({ config, serviceProviders }: IdpParts) {
  return ({ spEntityId }: SessionParticipant): string | undefined => {
    const sp = serviceProviders.find(spEntityId)
    if (sp === undefined) return 'it is no longer known'
    const stale = whyStale(sp, config.clock.now())
    if (stale !== undefined) return stale
    const to = findAddressee(serviceProviders, spEntityId, 'request')
    return 'noWay' in to ? to.noWay : undefined
  }
}

function askParticipant(
  { config, serviceProviders }: IdpParts,
  participant: SessionParticipant,
  { runId, requestId: id }: { runId: string; requestId: string },
): LogoutMove {
  const to = findAddressee(serviceProviders, participant.spEntityId, 'request')
  if ('noWay' in to) return { kind: 'show', runId }
  return { kind: 'send', runId, draft: logoutRequestDraft(config, { id, to, participant }) }
}

async function answerRequester(
  parts: IdpParts,
  runId: string,
  { origin, outcome }: Extract<LogoutStep, { kind: 'answer' }>,
): Promise<LogoutMove> {
  const { config, serviceProviders } = parts
  const { spEntityId, requestId: inResponseTo, relayState } = origin
  const to = findAddressee(serviceProviders, spEntityId, 'answer')
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
