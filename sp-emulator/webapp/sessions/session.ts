import type { TokenPair } from '../elasticsearch-saml.ts'
import type { PendingLogin } from './pending-logins.ts'

/** A logout that the IdP has been asked for and has not answered yet. */
export interface PendingLogout {
  /** The id of our LogoutRequest. */
  readonly id: string
  readonly realm: string
}

interface AnySession {
  /** The name of the provider that the session belongs to. */
  readonly provider: string
  readonly realm: string
  /** Logins that were started and not finished, also in other tabs. */
  readonly pendingLogins: readonly PendingLogin[]
  /** Kept in the careful profile only: Kibana never knows what it asked for. */
  readonly pendingLogout?: PendingLogout | undefined
}

/** Nobody is signed in: a login or a logout is under way. */
interface IntermediateSession extends AnySession {
  readonly kind: 'intermediate'
}

/** What proves to Elasticsearch who the user is: a pair of tokens, or the `Authorization` header of a user with a password. */
type Credentials = { readonly tokens: TokenPair } | { readonly basic: string }

/** Somebody is signed in. */
export interface AuthenticatedSession extends AnySession {
  readonly kind: 'authenticated'
  readonly username: string
  readonly credentials: Credentials
}

export type Session = IntermediateSession | AuthenticatedSession

export interface StoredSession<Kind extends Session = Session> {
  /** The secret in the browser's cookie. */
  readonly id: string
  readonly session: Kind
}

/** Claims that somebody is signed in, not merely on the way to. */
export function isAuthenticated(stored: StoredSession | undefined): stored is StoredSession<AuthenticatedSession> {
  return stored?.session.kind === 'authenticated'
}

/** The tokens of a session that has any. */
export function tokensOf(session: Session | undefined): TokenPair | undefined {
  if (session?.kind !== 'authenticated' || !('tokens' in session.credentials)) return undefined
  return session.credentials.tokens
}

/** The `Authorization` header that speaks for the user. */
export function authorizationOf({ credentials }: AuthenticatedSession): string {
  return 'tokens' in credentials ? `Bearer ${credentials.tokens.accessToken}` : credentials.basic
}
