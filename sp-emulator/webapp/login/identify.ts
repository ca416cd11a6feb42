import type { StoredSession } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { findUser, type Needed, type UserLookup } from './find-user.ts'

/**
 * Finds who makes a request. An `Authorization` header speaks for itself: the session beside it is neither used nor changed
 * (web-app-flows cases 13, 84 and 85).
 */
export async function identify(
  request: Request,
  stored: StoredSession | undefined,
  parts: Needed,
): Promise<UserLookup> {
  const authorization = request.headers.get('authorization')
  if (authorization === null) return findUser(stored, parts)
  if (!isSupported(authorization, parts)) return { kind: 'refused' }
  const user = await parts.elasticsearch.whoAmI(authorization)
  return user === undefined ? { kind: 'refused' } : { kind: 'signed-in', user }
}

/** Tokens and API keys always, as in Kibana; a password only where a provider takes passwords. */
function isSupported(authorization: string, { providers }: Pick<WebAppParts, 'providers'>): boolean {
  const scheme = authorization.split(' ')[0]?.toLowerCase()
  if (scheme === 'basic') return providers.some(({ type }) => type === 'basic')
  return scheme === 'bearer' || scheme === 'apikey'
}
