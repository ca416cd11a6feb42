import type { StoredSession } from '../sessions/session.ts'
import { WebAppError } from '../web-app-error.ts'
import { findProvider, type WebAppParts } from '../web-app-parts.ts'

/**
 * The session of a request, if it has one. It is extended, except by what a page does by itself in the background (web-app-flows cases 11 and 12).
 *
 * @throws WebAppError (401) when the request carries two different session cookies (web-app-flows §1.3)
 */
export async function currentSession(request: Request, parts: WebAppParts): Promise<StoredSession | undefined> {
  const cookie = parts.cookies.read(request.headers.get('cookie'))
  if (cookie.kind === 'ambiguous') {
    const answer = { code: 'TWO_SESSION_COOKIES', status: 401, headline: 'Unauthenticated' } as const
    throw new WebAppError(answer, 'Your browser sent two different session cookies.')
  }
  if (cookie.kind === 'none') return undefined
  const isInBackground = request.headers.has('kbn-system-request')
  const stored = isInBackground ? await parts.sessions.peek(cookie.id) : await parts.sessions.find(cookie.id)
  if (stored === undefined || findProvider(parts, stored.session.provider) !== undefined) return stored
  // Its provider has been configured away: nobody could say any more whose session it is.
  await parts.sessions.destroy(stored.id)
  return undefined
}
