import type { Context, Handler } from 'hono'
import { SamlError } from '#saml/errors'
import { attempt } from '../inbox/attempt.ts'
import type { IdpParts } from '../parts.ts'
import type { LogoutMove } from '../slo/advance-logout.ts'
import { receiveLogoutRequest } from '../slo/receive-logout-request.ts'
import { receiveLogoutResponse } from '../slo/receive-logout-response.ts'
import { refuseAnswer } from '../slo/refuse-answer.ts'
import { dropCookie, keepCookie, readCookie } from './cookies.ts'
import { currentSession } from './current-session.ts'
import { carriesAnswer, readReceivedQuery } from './received-query.ts'
import { sendTo } from './send.ts'
import { sendDraft } from './send-draft.tsx'

/** GET /slo: a LogoutRequest of a service provider, or the LogoutResponse of a participant, by redirect. */
export function sloByRedirect(parts: IdpParts): Handler {
  return async function sloByRedirect(c) {
    return sendMove(c, parts, await receive(c, parts))
  }
}

async function receive(c: Context, parts: IdpParts): Promise<LogoutMove> {
  const browserRunId = readCookie(c, 'logoutRun')
  const message = attempt(() => readReceivedQuery(c, parts.config.endpoints.sloUrl))
  if (message instanceof SamlError) {
    if (!carriesAnswer(c)) throw message
    return refuseAnswer(parts, { error: message, browserRunId })
  }
  if (message.kind === 'SAMLRequest') return receiveLogoutRequest(parts, message)
  return receiveLogoutResponse(parts, message, browserRunId)
}

/** Sends the browser where the logout goes next, and leaves it with no cookie of a session that has ended. */
export async function sendMove(c: Context, parts: IdpParts, move: LogoutMove): Promise<Response> {
  const { endpoints } = parts.config
  const hasStaleCookie = readCookie(c, 'session') !== undefined && (await currentSession(c, parts)) === undefined
  if (hasStaleCookie) dropCookie(c, { endpoints, kind: 'session' })
  if (move.runId !== undefined) keepCookie(c, { endpoints, kind: 'logoutRun', value: move.runId })
  if (move.kind === 'send') return sendDraft(c, parts, move.draft)
  return sendTo(c, `${endpoints.basePath}/logout?run=${move.runId}`)
}
