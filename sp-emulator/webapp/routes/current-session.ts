import type { StoredSession } from '../sessions/session.ts'
import { readSessionCookie } from '../sessions/session-cookie.ts'
import { WebAppError } from '../web-app-error.ts'
import type { WebAppParts } from '../web-app-parts.ts'

/**
 * The session of a request, if it has one.
 *
 * @throws WebAppError (401) when the request carries two different session cookies (web-app-flows §1.3)
 */
export async function currentSession(request: Request, { sessions }: WebAppParts): Promise<StoredSession | undefined> {
  const cookie = readSessionCookie(request.headers.get('cookie'))
  if (cookie.kind === 'ambiguous') {
    const answer = { status: 401, headline: 'Unauthenticated' }
    throw new WebAppError(answer, 'Your browser sent two different session cookies.')
  }
  return cookie.kind === 'none' ? undefined : sessions.find(cookie.id)
}
