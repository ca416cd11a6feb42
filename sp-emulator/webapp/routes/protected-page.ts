import type { Context, Handler } from 'hono'
import type { WhoAmI } from '../elasticsearch-saml.ts'
import { findUser } from '../login/find-user.ts'
import { startLogin } from '../login/start-login.ts'
import { ownPath } from '../own-path.ts'
import type { StoredSession } from '../sessions/session.ts'
import { intermediateCookie } from '../sessions/session-cookie.ts'
import { sessionExpired, WebAppError } from '../web-app-error.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { currentSession } from './current-session.ts'
import { isAjax } from './is-ajax.ts'

type Page = (c: Context, user: WhoAmI) => Response | Promise<Response>

/** Shows the page to a signed-in user and sends everybody else to the IdP, to come back to this page. A script is never sent there. */
export function protectedPage(parts: WebAppParts, page: Page): Handler {
  return async function answerProtected(c) {
    const stored = await currentSession(c.req.raw, parts)
    const lookup = await findUser(stored, parts)
    if (lookup.kind === 'signed-in') return page(c, lookup.user)
    if (isAjax(c.req.raw)) throw refusal(lookup.kind)
    if (lookup.kind === 'signed-out') return handshake(c, stored, parts)
    if (stored !== undefined) await parts.sessions.destroy(stored.id)
    return handshake(c, undefined, parts)
  }
}

/** Answers 400 for dead tokens: 401 would make Kibana's scripts start a logout (web-app-flows §1.4 (h)). */
export function refusal(kind: 'signed-out' | 'expired'): WebAppError {
  if (kind === 'expired') return new WebAppError({ status: 400, headline: 'Bad Request' }, sessionExpired)
  return new WebAppError({ status: 401, headline: 'Unauthorized' }, 'Unauthorized')
}

// Kibana goes by way of `/internal/security/capture-url` first, to save the part of the address behind `#`.
async function handshake(c: Context, stored: StoredSession | undefined, parts: WebAppParts): Promise<Response> {
  const { pathname, search } = new URL(c.req.url)
  const wantedPath = ownPath(pathname + search, parts.baseUrl)
  const { sessionId, redirect } = await startLogin({ stored, wantedPath }, parts)
  c.header('Set-Cookie', intermediateCookie(sessionId))
  return c.redirect(redirect, 302)
}
