import { type Status, success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { findRequester } from '../outbox/find-addressee.ts'
import type { IdpParts } from '../parts.ts'
import { recordRequesterAnswer } from './change-legs.ts'
import { logoutResponseDraft } from './logout-drafts.ts'
import type { LogoutMove } from './logout-move.ts'
import type { LogoutRun, LogoutStep } from './logout-run.ts'

const partialLogout: Status = {
  codes: [STATUS.success, STATUS.partialLogout],
  message: 'the session has ended, and not every service provider confirmed it',
}

type AnswerStep = Extract<LogoutStep, { kind: 'answer' }>

/** The run once the requester was told, or cannot be. */
export function recordAnswering({ serviceProviders }: IdpParts, run: LogoutRun, { origin }: AnswerStep): LogoutRun {
  const to = findRequester(serviceProviders, origin)
  return recordRequesterAnswer(run, 'noWay' in to ? { kind: 'failed', reason: to.noWay } : { kind: 'sent' })
}

/** What tells the requester how it ended; undefined, with a warning, where there is no way. */
export function answerRequester(
  { config, serviceProviders }: IdpParts,
  { id: runId, userName: user }: LogoutRun,
  { origin, outcome }: AnswerStep,
): LogoutMove | undefined {
  const { spEntityId, requestId: inResponseTo, relayState } = origin
  const to = findRequester(serviceProviders, origin)
  if ('noWay' in to) {
    const says = `${serviceProviders.nameOf(spEntityId)} asked for a logout and has no way to be answered: ${to.noWay}`
    config.log.warn({ code: 'LOGOUT_NOT_ANSWERED', sp: spEntityId }, says)
    return undefined
  }
  // Success says that the session here has ended; what others did stands below it (saml-core-2.0 §3.7.3.2, Kantara SDP-IDP31).
  const status = outcome === 'complete' ? success : partialLogout
  return { kind: 'send', runId, draft: logoutResponseDraft(config, { to, inResponseTo, relayState, status, user }) }
}
