import type { Handler } from 'hono'
import { rawQuery } from '#server/raw-query'
import { logOut } from '../logout/log-out.ts'
import { loggedOutPath } from '../logout/logged-out-path.ts'
import { LeavingPage } from '../pages/leaving-page.tsx'
import { leavingPagePolicy } from '../pages/page-headers.ts'
import { WebAppError } from '../web-app-error.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { currentSession } from './current-session.ts'
import { isAjax } from './is-ajax.ts'

// Replaced, not assigned: with Back the user would otherwise meet this page again and log out a second time.
const navigateTo = (path: string) => `location.replace('${path.replaceAll("'", '%27')}' + location.search)`

/** `GET /logout`, the address that IdPs know (`sp.logout`). It changes nothing, and takes the query on to the real logout unchanged (web-app-flows §1.1). */
export function leavingRoute({ title, basePath, newSecret }: WebAppParts): Handler {
  return function showLeaving(c) {
    const queryString = rawQuery(c.req.raw, c.env)
    const logout = `${basePath}/api/security/logout`
    const href = queryString === '' ? logout : `${logout}?${queryString}`
    const nonce = newSecret()
    c.header('Content-Security-Policy', leavingPagePolicy(nonce))
    return c.html(
      <LeavingPage application={title} headline="Logging out" href={href} nonce={nonce} script={navigateTo(logout)} />,
    )
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
    if (stored !== undefined) c.header('Set-Cookie', parts.cookies.cleared)
    const queryString = rawQuery(c.req.raw, c.env)
    const address = await logOut({ queryString, stored }, parts)
    return c.redirect(address ?? loggedOutPath(queryString, stored, parts), 302)
  }
}

/** A script cannot follow the way through other sites that a logout takes. */
export function cannotRedirect(): WebAppError {
  const answer = { code: 'CANNOT_REDIRECT', status: 400, headline: 'Bad Request' } as const
  return new WebAppError(answer, 'Client should be able to process redirect response.')
}
