import { auditLogin } from '../audit.ts'
import { type AuthenticatedSession, isAuthenticated, type StoredSession, tokensOf } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'

interface NewSession {
  /** What the browser had before. */
  readonly stored: StoredSession | undefined
  readonly session: AuthenticatedSession
  readonly location: string
}

export interface FinishedLogin {
  readonly sessionId: string
  readonly location: string
}

/** Puts the new session in the place of the old one, whose tokens die before it is there, and answers where the browser goes next. */
export async function makeSession(login: NewSession, parts: WebAppParts): Promise<FinishedLogin> {
  const { stored } = login
  const finished = isAuthenticated(stored) ? await takeOver({ ...login, stored }, parts) : await begin(login, parts)
  auditLogin(parts.log, login.session)
  return finished
}

async function begin({ stored, session, location }: NewSession, { sessions }: WebAppParts): Promise<FinishedLogin> {
  // A new secret: whoever planted the old one in the browser must not share the session (session fixation).
  const sessionId = await sessions.create(session)
  if (stored !== undefined) await leaveBehind(stored, session, sessions)
  return { sessionId, location }
}

/** Other tabs may post their Responses with the old cookie before they learn of the new one: their logins stay pending under it. */
async function leaveBehind(
  stored: StoredSession,
  { pendingLogins }: AuthenticatedSession,
  sessions: WebAppParts['sessions'],
): Promise<void> {
  if (pendingLogins.length === 0) await sessions.destroy(stored.id)
  else await sessions.update(stored.id, (old) => ({ ...old, pendingLogins, pendingLogout: undefined }))
}

interface TakeOver extends NewSession {
  readonly stored: StoredSession<AuthenticatedSession>
}

/** The same user keeps the session with new tokens; another user gets a new one and is told. The old tokens die either way, without single logout. */
async function takeOver({ stored, session, location }: TakeOver, parts: WebAppParts): Promise<FinishedLogin> {
  const { elasticsearch, sessions } = parts
  const oldTokens = tokensOf(stored.session)
  if (oldTokens !== undefined) await elasticsearch.dropTokens(oldTokens)
  if (isSameUser(stored.session, session)) {
    const kept = await sessions.update(stored.id, () => session)
    return { sessionId: kept ? stored.id : await sessions.create(session), location }
  }
  const sessionId = await sessions.create({ ...session, pendingLogins: [] })
  await sessions.destroy(stored.id)
  return { sessionId, location: `${parts.basePath}/security/overwritten_session?next=${encodeURIComponent(location)}` }
}

function isSameUser(one: AuthenticatedSession, other: AuthenticatedSession): boolean {
  return one.username === other.username && one.realm === other.realm && one.provider === other.provider
}
