import type { StartedLogout } from '../elasticsearch-saml.ts'
import { checkIdpAddress } from '../idp-address.ts'
import { isAuthenticated, type StoredSession, tokensOf } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { dropTokens } from './drop-tokens.ts'
import { endSession } from './end-session.ts'
import { unfinishedLogout } from './unfinished-logout.ts'

interface AwaitedLogout {
  /** The IdP's address with our LogoutRequest in it. */
  readonly redirect: string
  /** The session that remembers the LogoutRequest until it is answered. */
  readonly sessionId: string
}

/**
 * Ends the session because its user says so, and has the IdP asked for the rest. Unlike Kibana it remembers what it asked, and leaves no token alive when
 * Elasticsearch cannot begin the single logout.
 *
 * Answers undefined when there is nobody to ask.
 *
 * @throws WebAppError when Elasticsearch refuses or cannot be asked
 */
export async function startCarefulLogout(
  stored: StoredSession | undefined,
  parts: WebAppParts,
): Promise<AwaitedLogout | undefined> {
  if (!isAuthenticated(stored)) return undefined
  const { provider, realm, pendingLogins } = stored.session
  if (!(await endSession(stored, parts))) return undefined
  const started = await askIdp(stored, parts)
  if (started === undefined) return undefined
  const pendingLogout = started.id === undefined ? undefined : { id: started.id, realm }
  const session = { kind: 'intermediate', provider, realm, pendingLogins, pendingLogout } as const
  return { redirect: started.redirect, sessionId: await parts.sessions.create(session) }
}

async function askIdp(stored: StoredSession, parts: WebAppParts): Promise<StartedLogout | undefined> {
  const tokens = tokensOf(stored.session)
  if (tokens === undefined) return undefined
  try {
    const started = await parts.elasticsearch.logout(tokens)
    return started && { id: started.id, redirect: checkIdpAddress(started.redirect) }
  } catch (error) {
    await dropTokens(tokens, parts)
    throw unfinishedLogout(error, { isLocallyOver: true })
  }
}
