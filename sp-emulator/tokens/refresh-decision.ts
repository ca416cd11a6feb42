import { type Client, isDocumentExpired, type SupersedingTokens, type TokenPair } from './token-pair.ts'

const windowMs = 30_000

type RefreshDecision =
  | { readonly kind: 'issue' }
  /** A twin of a refresh that happened just now: the client's requests crossed. */
  | { readonly kind: 'repeat'; readonly tokens: SupersedingTokens }
  /** `reason` is the error_description that a node gives. */
  | { readonly kind: 'refuse'; readonly reason: string }

/** What to do with a known refresh token, judged in a node's order (spec §7.3). */
export function decideRefresh(pair: TokenPair, client: Client, now: number): RefreshDecision {
  if (isDocumentExpired(pair, now)) return refuse('token document has expired')
  if (pair.refreshInvalidated) return refuse('token has been invalidated')
  if (!isSameClient(pair.client, client)) return refuse('tokens must be refreshed by the creating client')
  if (pair.supersededBy === undefined) return { kind: 'issue' }
  return decideRepeatedRefresh(pair.supersededBy, now)
}

function decideRepeatedRefresh(tokens: SupersedingTokens, now: number): RefreshDecision {
  if (now > tokens.refreshedAt + windowMs) {
    return refuse('token has already been refreshed more than 30 seconds in the past')
  }
  if (now < tokens.refreshedAt - windowMs) {
    return refuse('token has been refreshed more than 30 seconds in the future, clock skew too great')
  }
  return { kind: 'repeat', tokens }
}

const refuse = (reason: string): RefreshDecision => ({ kind: 'refuse', reason })

const isSameClient = (a: Client, b: Client): boolean => a.username === b.username && a.realm === b.realm
