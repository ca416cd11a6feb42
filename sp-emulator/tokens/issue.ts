import type { Clock } from '#server/clock'
import { copyOut } from '#server/copy-out'
import type { Authentication } from './authentication.ts'
import type { NewToken } from './token.ts'
import type { Client, TokenMetadata, TokenPair } from './token-pair.ts'
import type { TokenStore } from './token-store.ts'

export interface TokenContext {
  readonly store: TokenStore
  readonly clock: Clock
  readonly newToken: NewToken
  readonly accessLifetimeMs: number
}

/** What a new pair is issued for. */
export interface Grant {
  readonly authentication: Authentication
  readonly client: Client
  readonly metadata?: TokenMetadata | undefined
}

export interface IssuedTokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresInSeconds: number
  readonly authentication: Authentication
}

/** Issues an access token with a refresh token. */
export async function issuePair(context: TokenContext, grant: Grant): Promise<IssuedTokens> {
  const accessToken = context.newToken()
  const refreshToken = context.newToken()
  await context.store.insert({ accessToken, refreshToken, ...makePair(context, keep(grant)) })
  return toIssuedTokens(context, { accessToken, refreshToken }, grant.authentication)
}

/** Issues an access token alone, as the client_credentials grant does (spec §7.3). */
export async function issueAccessToken(
  context: TokenContext,
  grant: Grant,
): Promise<Omit<IssuedTokens, 'refreshToken'>> {
  const accessToken = context.newToken()
  await context.store.insert({ accessToken, refreshToken: undefined, ...makePair(context, keep(grant)) })
  return { accessToken, expiresInSeconds: context.accessLifetimeMs / 1000, authentication: grant.authentication }
}

/** A pair issued now, but for its tokens. */
export function makePair(context: TokenContext, grant: Grant): Omit<TokenPair, 'accessToken' | 'refreshToken'> {
  const createdAt = context.clock.now()
  return {
    createdAt,
    accessExpiresAt: createdAt + context.accessLifetimeMs,
    accessInvalidated: false,
    refreshInvalidated: false,
    supersededBy: undefined,
    endedBy: undefined,
    client: grant.client,
    authentication: grant.authentication,
    metadata: grant.metadata,
  }
}

/** The document of a login lives for a day, the message that it was read from only as long as the call. */
function keep({ authentication, client, metadata }: Grant): Grant {
  return { client, ...copyOut({ authentication, metadata }) }
}

/** What the client is told of a pair. */
export function toIssuedTokens(
  context: TokenContext,
  tokens: { accessToken: string; refreshToken: string },
  authentication: Authentication,
): IssuedTokens {
  const { accessToken, refreshToken } = tokens
  return { accessToken, refreshToken, expiresInSeconds: context.accessLifetimeMs / 1000, authentication }
}
