import type { TokenPair } from '../elasticsearch-saml.ts'
import type { PendingLogin } from './pending-logins.ts'

/** A login was started and nobody is signed in yet. */
export interface IntermediateSession {
  readonly kind: 'intermediate'
  readonly realm: string
  readonly pendingLogins: readonly PendingLogin[]
}

/** Somebody is signed in. Logins started in other tabs may still be pending. */
export interface AuthenticatedSession {
  readonly kind: 'authenticated'
  readonly realm: string
  readonly username: string
  readonly tokens: TokenPair
  readonly pendingLogins: readonly PendingLogin[]
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
