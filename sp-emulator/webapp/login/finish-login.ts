import type { SamlLogin } from '../elasticsearch-saml.ts'
import { finishPendingLogin, type PendingLogin } from '../sessions/pending-logins.ts'
import { type AuthenticatedSession, isAuthenticated, type StoredSession } from '../sessions/session.ts'
import { realmAddress, type WebAppParts } from '../web-app-parts.ts'

export interface LoginInput {
  /** The form field as it came: opaque. */
  readonly samlResponse: string
  readonly stored: StoredSession | undefined
}

export interface FinishedLogin {
  readonly sessionId: string
  readonly location: string
}

/**
 * Exchanges a Response for tokens and makes the session (web-app-flows §1.4 (a) to (c)).
 *
 * @throws ElasticsearchError when the Response is refused; the session that was there, if any, is then as it was
 */
export async function finishLogin(input: LoginInput, parts: WebAppParts): Promise<FinishedLogin> {
  const login = await authenticate(input, parts)
  const finished = await makeSession({ login, stored: input.stored }, parts)
  parts.log.info({ username: login.username, realm: login.realm }, 'signed in')
  return finished
}

async function authenticate({ samlResponse, stored }: LoginInput, parts: WebAppParts): Promise<SamlLogin> {
  const { elasticsearch } = parts
  // Kibana first asks who the session's user is. A dead token does not matter, a node that cannot say does.
  if (isAuthenticated(stored)) await elasticsearch.whoAmI(stored.session.tokens.accessToken)
  const ids = stored?.session.pendingLogins.map(({ id }) => id) ?? []
  const address = realmAddress(parts.realm, stored?.session.realm)
  const realm = 'realm' in address ? address.realm : undefined
  return elasticsearch.authenticate({ content: samlResponse, ids, realm })
}

interface NewLogin {
  readonly login: SamlLogin
  readonly stored: StoredSession | undefined
}

async function makeSession({ login, stored }: NewLogin, parts: WebAppParts): Promise<FinishedLogin> {
  const pending = stored?.session.pendingLogins ?? []
  const { wantedPath: location = '/', stillPending } = finishPendingLogin(pending, login.inResponseTo)
  const session = authenticatedSession(login, stillPending)
  if (isAuthenticated(stored)) return takeOver({ stored, session, location }, parts)
  // A new secret: whoever planted the old one in the browser must not share the session (session fixation).
  if (stored !== undefined) await parts.sessions.destroy(stored.id)
  return { sessionId: await parts.sessions.create(session), location }
}

function authenticatedSession(
  { realm, username, tokens }: SamlLogin,
  pendingLogins: readonly PendingLogin[],
): AuthenticatedSession {
  return { kind: 'authenticated', realm, username, tokens, pendingLogins }
}

interface TakeOver {
  readonly stored: StoredSession<AuthenticatedSession>
  readonly session: AuthenticatedSession
  readonly location: string
}

/** The same user keeps the session with new tokens; another user gets a new one and is told. The old tokens die either way, without single logout. */
async function takeOver({ stored, session, location }: TakeOver, parts: WebAppParts): Promise<FinishedLogin> {
  const { elasticsearch, sessions } = parts
  await elasticsearch.dropTokens(stored.session.tokens)
  if (isSameUser(stored.session, session)) {
    const kept = await sessions.update(stored.id, () => session)
    return { sessionId: kept ? stored.id : await sessions.create(session), location }
  }
  await sessions.destroy(stored.id)
  const sessionId = await sessions.create({ ...session, pendingLogins: [] })
  return { sessionId, location: `/security/overwritten_session?next=${encodeURIComponent(location)}` }
}

function isSameUser(one: AuthenticatedSession, other: AuthenticatedSession): boolean {
  return one.username === other.username && one.realm === other.realm
}
