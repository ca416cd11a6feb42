import { type IssuedTokens, makePair, type TokenContext, toIssuedTokens } from './issue.ts'
import { decideRefresh } from './refresh-decision.ts'
import type { Client, SupersedingTokens, TokenPair } from './token-pair.ts'

export type RefreshResult =
  | { readonly kind: 'refreshed'; readonly tokens: IssuedTokens }
  /** `reason` is the error_description that a node gives. */
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Gives a new pair for a refresh token, once; twins of that request within 30 seconds get the identical pair (spec §7.3).
 * The old pair stays, marked: its access token works until it expires, and a logout still finds it (spec §3.9).
 */
export async function refreshTokens(
  context: TokenContext,
  refreshToken: string,
  client: Client,
): Promise<RefreshResult> {
  for (;;) {
    const pair = await context.store.findByRefreshToken(refreshToken)
    if (pair === undefined) return { kind: 'refused', reason: 'could not refresh the requested token' }
    const decision = decideRefresh(pair, client, context.clock.now())
    if (decision.kind === 'refuse') return { kind: 'refused', reason: decision.reason }
    const tokens = decision.kind === 'repeat' ? decision.tokens : await supersede(context, pair)
    if (tokens !== undefined) return { kind: 'refreshed', tokens: toIssuedTokens(context, tokens, pair.authentication) }
  }
}

/** One step marks the old pair and stores the new one: of two requests at once only one issues, and no invalidation finds the old pair alone. Undefined for the other. */
async function supersede(context: TokenContext, pair: TokenPair): Promise<SupersedingTokens | undefined> {
  const { store, clock, newToken } = context
  const tokens = { refreshedAt: clock.now(), accessToken: newToken(), refreshToken: newToken() }
  const { accessToken, refreshToken } = tokens
  const superseded = { ...pair, supersededBy: tokens, endedBy: 'refresh' }
  const successor = { accessToken, refreshToken, ...makePair(context, pair) }
  return (await store.supersede(pair, { superseded, successor })) ? tokens : undefined
}
