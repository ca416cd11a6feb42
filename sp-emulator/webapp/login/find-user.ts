import type { TokenPair, WhoAmI } from '../elasticsearch-saml.ts'
import { type AuthenticatedSession, isAuthenticated, type Session, type StoredSession } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'

export type UserLookup =
  | { readonly kind: 'signed-in'; readonly user: WhoAmI }
  | { readonly kind: 'signed-out' }
  /** Both tokens are dead, though the session is not. */
  | { readonly kind: 'expired' }

type Needed = Pick<WebAppParts, 'elasticsearch' | 'sessions'>

/** Asks Elasticsearch whose session this is, with one refresh when the access token has expired (web-app-flows §1.4 (h)). */
export async function findUser(stored: StoredSession | undefined, parts: Needed): Promise<UserLookup> {
  if (!isAuthenticated(stored)) return { kind: 'signed-out' }
  const user = await parts.elasticsearch.whoAmI(stored.session.tokens.accessToken)
  if (user !== undefined) return { kind: 'signed-in', user }
  const fresh = await parts.elasticsearch.refresh(stored.session.tokens.refreshToken)
  if (fresh === undefined) return { kind: 'expired' }
  return keepFreshTokens({ stored, fresh }, parts)
}

interface Refreshed {
  readonly stored: StoredSession<AuthenticatedSession>
  readonly fresh: TokenPair
}

async function keepFreshTokens({ stored, fresh }: Refreshed, parts: Needed): Promise<UserLookup> {
  const { elasticsearch, sessions } = parts
  const kept = await sessions.update(stored.id, (session) => withFreshTokens(session, { stored, fresh }))
  if (!kept) {
    // A logout in another tab overtook the refresh, and could not know of these tokens.
    await elasticsearch.dropTokens(fresh)
    return { kind: 'signed-out' }
  }
  const user = await elasticsearch.whoAmI(fresh.accessToken)
  return user === undefined ? { kind: 'expired' } : { kind: 'signed-in', user }
}

/** Leaves a session alone that got other tokens meanwhile, from a new login. */
function withFreshTokens(session: Session, { stored, fresh }: Refreshed): Session {
  const isUnchanged =
    session.kind === 'authenticated' && session.tokens.refreshToken === stored.session.tokens.refreshToken
  return isUnchanged ? { ...session, tokens: fresh } : session
}
