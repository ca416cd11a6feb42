import type { Handler } from 'hono'
import { rawQuery } from '#server/raw-query'
import { logOut } from '../logout/log-out.ts'
import { LeavingPage } from '../pages/leaving-page.tsx'
import { leavingPagePolicy } from '../pages/page-headers.ts'
import { clearedCookie } from '../sessions/session-cookie.ts'
import { WebAppError } from '../web-app-error.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { currentSession } from './current-session.ts'
import { isAjax } from './is-ajax.ts'

/** `GET /logout`, the address that IdPs know (`sp.logout`). It changes nothing. */
export function leavingRoute({ title, newSecret }: WebAppParts): Handler {
  return function showLeaving(c) {
    const nonce = newSecret()
    c.header('Content-Security-Policy', leavingPagePolicy(nonce))
    return c.html(<LeavingPage application={title} queryString={rawQuery(c.req.raw, c.env)} nonce={nonce} />)
  }
}

/** `GET /api/security/logout`, the logout itself, for the user and for the IdP. */
export function logoutRoute(parts: WebAppParts): Handler {
  return async function logOutBrowser(c) {
    // A router takes HEAD for GET, and whoever only looks must not end a session.
    if (c.req.method === 'HEAD') return c.notFound()
    if (isAjax(c.req.raw)) throw cannotRedirect()
    const stored = await currentSession(c.req.raw, parts)
    // Set before Elasticsearch is asked: also an error page must take the cookie away, since its session is gone.
    if (stored !== undefined) c.header('Set-Cookie', clearedCookie)
    const address = await logOut({ queryString: rawQuery(c.req.raw, c.env), stored }, parts)
    return c.redirect(address ?? '/security/logged_out?msg=LOGGED_OUT', 302)
  }
}

function cannotRedirect(): WebAppError {
  const answer = { status: 400, headline: 'Bad Request' }
  return new WebAppError(answer, 'Client should be able to process redirect response.')
}
