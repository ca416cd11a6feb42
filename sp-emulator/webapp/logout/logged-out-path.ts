import type { StoredSession } from '../sessions/session.ts'
import { findProvider, type WebAppParts } from '../web-app-parts.ts'

/**
 * The page after a logout: the login page where there is one, else the logged-out page. A reason and a next page in the query are handed on;
 * whoever shows them checks them.
 */
export function loggedOutPath(queryString: string, stored: StoredSession | undefined, parts: WebAppParts): string {
  const given = new URLSearchParams(queryString)
  const handedOn = new URLSearchParams({ msg: given.get('msg') ?? 'LOGGED_OUT' })
  const next = given.get('next')
  if (next !== null) handedOn.set('next', next)
  const hasLoginPage = parts.hasSelector || findProvider(parts, stored?.session.provider)?.type === 'basic'
  return `${parts.basePath}${hasLoginPage ? '/login' : '/security/logged_out'}?${handedOn}`
}
