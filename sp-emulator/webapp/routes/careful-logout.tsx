import type { Context, Handler } from 'hono'
import { rawQuery } from '#server/raw-query'
import { whoSent } from '#server/sent-by-own-page'
import { answerLogoutRequest } from '../logout/answer-logout-request.ts'
import { completeLogout } from '../logout/complete-logout.ts'
import type { LogoutInput } from '../logout/log-out.ts'
import { loggedOutPath } from '../logout/logged-out-path.ts'
import { findLogoutMessage } from '../logout/logout-message.ts'
import { startCarefulLogout } from '../logout/start-careful-logout.ts'
import { homeOf } from '../own-path.ts'
import { ConfirmLogoutPage } from '../pages/confirm-logout-page.tsx'
import { formPolicy } from '../pages/page-headers.ts'
import { isAuthenticated } from '../sessions/session.ts'
import { WebAppError } from '../web-app-error.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { currentSession } from './current-session.ts'
import { isAjax } from './is-ajax.ts'
import { cannotRedirect, leavingRoute } from './logout.tsx'

/** `GET /logout` in the careful profile: a message of the IdP goes on to the real logout, everybody else is asked first. */
export function confirmLogoutRoute(parts: WebAppParts): Handler {
  const showLeaving = leavingRoute(parts)
  return async function confirmLogout(c, next) {
    const queryString = rawQuery(c.req.raw, c.env)
    if (findLogoutMessage(queryString) !== undefined) return showLeaving(c, next)
    const stored = await currentSession(c.req.raw, parts)
    if (!isAuthenticated(stored)) return c.redirect(loggedOutPath(queryString, stored, parts), 302)
    c.header('Content-Security-Policy', formPolicy)
    return c.html(<ConfirmLogoutPage application={parts.title} basePath={parts.basePath} />)
  }
}

/** `POST /api/security/logout` in the careful profile: the user logs out, and no other site can do it for them. */
export function startCarefulLogoutRoute(parts: WebAppParts): Handler {
  return async function startLogout(c) {
    if (isAjax(c.req.raw)) throw cannotRedirect()
    if (whoSent(c.req.raw.headers, parts.baseUrl.origin) !== 'own') throw crossSite()
    const stored = await currentSession(c.req.raw, parts)
    if (stored !== undefined) c.header('Set-Cookie', parts.cookies.cleared)
    const awaited = await startCarefulLogout(stored, parts)
    if (awaited === undefined) return c.redirect(loggedOutPath('', stored, parts), 303)
    c.header('Set-Cookie', parts.cookies.authenticated(awaited.sessionId))
    return c.redirect(awaited.redirect, 303)
  }
}

/** `GET /api/security/logout` in the careful profile: only messages of the IdP, each judged by Elasticsearch before anything ends. */
export function carefulLogoutRoute(parts: WebAppParts): Handler {
  return async function judgeMessage(c) {
    if (c.req.method === 'HEAD') return c.notFound()
    if (isAjax(c.req.raw)) throw cannotRedirect()
    const queryString = rawQuery(c.req.raw, c.env)
    const message = findLogoutMessage(queryString)
    if (message === undefined)
      return c.redirect(`${parts.basePath}/logout${queryString === '' ? '' : `?${queryString}`}`, 302)
    const stored = await currentSession(c.req.raw, parts)
    const input = { queryString, stored }
    return message === 'request' ? answerIdp(c, input, parts) : landAfterLogout(c, input, parts)
  }
}

async function answerIdp(c: Context, input: LogoutInput, parts: WebAppParts): Promise<Response> {
  const { redirect, hasEndedSession } = await answerLogoutRequest(input, parts)
  if (hasEndedSession) c.header('Set-Cookie', parts.cookies.cleared)
  return c.redirect(redirect ?? loggedOutPath('', input.stored, parts), 302)
}

async function landAfterLogout(c: Context, input: LogoutInput, parts: WebAppParts): Promise<Response> {
  const hasEndedSession = await completeLogout(input, parts)
  if (hasEndedSession) c.header('Set-Cookie', parts.cookies.cleared)
  // Somebody who has logged in again meanwhile is not logged out, and is not told so.
  return c.redirect(isAuthenticated(input.stored) ? homeOf(parts.baseUrl) : loggedOutPath('', input.stored, parts), 302)
}

function crossSite(): WebAppError {
  const answer = { code: 'CROSS_SITE', status: 403, headline: 'Forbidden' } as const
  return new WebAppError(answer, 'Another site tried to log you out here. You are still logged in.')
}
