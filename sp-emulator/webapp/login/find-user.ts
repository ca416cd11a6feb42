import type { TokenPair, WhoAmI } from '../elasticsearch-saml.ts'
import { isSaml, realmName } from '../providers/provider.ts'
import {
  type AuthenticatedSession,
  authorizationOf,
  isAuthenticated,
  type Session,
  type StoredSession,
  tokensOf,
} from '../sessions/session.ts'
import { WebAppError } from '../web-app-error.ts'
import { findProvider, type WebAppParts } from '../web-app-parts.ts'

export type UserLookup =
  | { readonly kind: 'signed-in'; readonly user: WhoAmI }
  | { readonly kind: 'signed-out' }
  /** Both tokens are dead, though the session is not. */
  | { readonly kind: 'expired' }
  /** The request brought credentials of its own, which are no good. */
  | { readonly kind: 'refused' }

export type Needed = Pick<WebAppParts, 'elasticsearch' | 'sessions' | 'providers'>

/** Asks Elasticsearch whose session this is, with one refresh when the access token has expired (web-app-flows §1.4 (h)). */
export async function findUser(stored: StoredSession | undefined, parts: Needed): Promise<UserLookup> {
  if (!isAuthenticated(stored)) return { kind: 'signed-out' }
  checkRealm(stored.session, parts)
  const user = await parts.elasticsearch.whoAmI(authorizationOf(stored.session))
  if (user !== undefined) return { kind: 'signed-in', user }
  const tokens = tokensOf(stored.session)
  if (tokens === undefined) return forgetPassword(stored, parts)
  const fresh = await parts.elasticsearch.refresh(tokens.refreshToken)
  return fresh === undefined ? useOthersRefresh(stored, parts) : keepFreshTokens({ stored, fresh }, parts)
}

/**
 * Refuses a session of a realm that its provider no longer has.
 *
 * @throws WebAppError (401) as in web-app-flows cases 56 and 95
 */
export function checkRealm({ provider: name, realm }: Session, parts: Pick<WebAppParts, 'providers'>): void {
  const provider = findProvider(parts, name)
  if (provider === undefined || !isSaml(provider)) return
  const configured = realmName(provider)
  if (configured === undefined || configured === realm) return
  throw new WebAppError(
    { code: 'REALM_CHANGED', status: 401, headline: 'Unauthenticated' },
    `The session is one of the realm ${realm}, but the provider ${name} is configured to use the realm ${configured}.`,
  )
}

/** The password has changed or the user is gone: the session is worth nothing. */
async function forgetPassword(stored: StoredSession, { sessions }: Needed): Promise<UserLookup> {
  await sessions.destroy(stored.id)
  return { kind: 'signed-out' }
}

/** A request beside this one may have refreshed the tokens longer ago than Elasticsearch repeats its answer. */
async function useOthersRefresh(stored: StoredSession, { elasticsearch, sessions }: Needed): Promise<UserLookup> {
  const tokens = tokensOf((await sessions.peek(stored.id))?.session)
  if (tokens === undefined || tokens.refreshToken === tokensOf(stored.session)?.refreshToken) return { kind: 'expired' }
  return orExpired(await elasticsearch.whoAmI(`Bearer ${tokens.accessToken}`))
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
  return orExpired(await elasticsearch.whoAmI(`Bearer ${fresh.accessToken}`))
}

function orExpired(user: WhoAmI | undefined): UserLookup {
  return user === undefined ? { kind: 'expired' } : { kind: 'signed-in', user }
}

/** Leaves a session alone that got other tokens meanwhile, from a new login. */
function withFreshTokens(session: Session, { stored, fresh }: Refreshed): Session {
  const isUnchanged = tokensOf(session)?.refreshToken === tokensOf(stored.session)?.refreshToken
  return session.kind === 'authenticated' && isUnchanged ? { ...session, credentials: { tokens: fresh } } : session
}
