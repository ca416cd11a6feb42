import type { Context, Handler } from 'hono'
import { rawQuery } from '#server/raw-query'
import { answerLogoutRequest } from '../answer-logout-request.ts'
import { finishLogout } from '../finish-logout.ts'
import { NoticePage } from '../pages/notice-page.tsx'
import type { PartnerParts } from '../partner-parts.ts'
import type { ReceivedLogout } from '../saml/logout-message.ts'
import { readMessageForm } from '../saml/read-message-form.ts'
import { receiveByPost, receiveByRedirect } from '../saml/receive-logout.ts'
import { leaveForIdp } from './leave-for-idp.tsx'
import { loggedOutPath } from './logout.tsx'
import { cookieOf, dropStaleCookie } from './session-cookie.ts'

/** `GET /saml/slo` */
export function sloByRedirectRoute(parts: PartnerParts): Handler {
  return async function sloByRedirect(c) {
    // A router takes HEAD for GET, and whoever only looks must not end a session.
    if (c.req.method === 'HEAD') return c.notFound()
    return act(c, parts, await receiveByRedirect(parts, rawQuery(c.req.raw, c.env)))
  }
}

/** `POST /saml/slo`. It comes from another site, so often without our cookie. */
export function sloByPostRoute(parts: PartnerParts): Handler {
  return async function sloByPost(c) {
    return act(c, parts, await receiveByPost(parts, await readMessageForm(c.req.raw)))
  }
}

async function act(c: Context, parts: PartnerParts, received: ReceivedLogout): Promise<Response> {
  if (received.kind === 'LogoutResponse')
    return c.redirect(loggedOutPath(parts, await finishLogout(parts, received)), 303)
  const answer = await answerLogoutRequest(parts, received, cookieOf(c, parts))
  dropStaleCookie(c, parts)
  if (answer.kind === 'sent') return leaveForIdp(c, parts, answer.outgoing)
  const { name, endpoints } = parts
  return c.html(<NoticePage name={name} basePath={endpoints.basePath} headline="No answer" text={answer.why} />)
}
