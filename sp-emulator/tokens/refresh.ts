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

/** The old pair is marked before the new one exists, so that of two requests at once only one issues; undefined for the other. */
async function supersede(context: TokenContext, pair: TokenPair): Promise<SupersedingTokens | undefined> {
  const tokens = {
    refreshedAt: context.clock.now(),
    accessToken: context.newToken(),
    refreshToken: context.newToken(),
  }
  if (!(await context.store.replace(pair, { ...pair, supersededBy: tokens }))) return undefined
  const { accessToken, refreshToken } = tokens
  await context.store.insert({ accessToken, refreshToken, ...makePair(context, pair) })
  return tokens
}
