import type { Context, Handler } from 'hono'
import type { IdpParts } from '../parts.ts'
import type { LogoutMove } from '../slo/advance-logout.ts'
import { receiveLogoutRequest } from '../slo/receive-logout-request.ts'
import { receiveLogoutResponse } from '../slo/receive-logout-response.ts'
import { dropCookie, keepCookie, readCookie } from './cookies.ts'
import { currentSession } from './current-session.ts'
import { readReceivedQuery } from './received-query.ts'
import { sendTo } from './send.ts'

/** GET /slo: a LogoutRequest of a service provider, or the LogoutResponse of a participant, by redirect. */
export function sloByRedirect(parts: IdpParts): Handler {
  return async function sloByRedirect(c) {
    const message = readReceivedQuery(c)
    const receive = message.kind === 'SAMLRequest' ? receiveLogoutRequest : receiveLogoutResponse
    return sendMove(c, parts, await receive(parts, message))
  }
}

/** Sends the browser where the logout goes next, and leaves it with no cookie of a session that has ended. */
export async function sendMove(c: Context, parts: IdpParts, move: LogoutMove): Promise<Response> {
  const { endpoints } = parts.config
  const hasStaleCookie = readCookie(c, 'session') !== undefined && (await currentSession(c, parts)) === undefined
  if (hasStaleCookie) dropCookie(c, { endpoints, kind: 'session' })
  if (move.runId !== undefined) keepCookie(c, { endpoints, kind: 'logoutRun', value: move.runId })
  return sendTo(c, move.kind === 'send' ? move.url : `${endpoints.basePath}/logout?run=${move.runId}`)
}
