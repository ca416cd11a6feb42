import type { Clock } from '#server/clock'
import { type Ending, type Half, type InvalidationCounts, invalidateHalves, sumCounts } from './invalidation.ts'
import { type Grant, type IssuedTokens, issueAccessToken, issuePair, type TokenContext } from './issue.ts'
import { createPurge } from './purge.ts'
import { type RefreshResult, refreshTokens } from './refresh.ts'
import { isWellFormed, type NewToken, newToken } from './token.ts'
import { type Client, isAccessLive, isActive, type TokenMetadata, type TokenPair } from './token-pair.ts'
import type { Owner, TokenStore } from './token-store.ts'

type TokenLookup =
  | { readonly kind: 'found'; readonly pair: TokenPair }
  | { readonly kind: 'unknown' }
  /** No token was ever issued, so a node has no index to look in. */
  | { readonly kind: 'no-index' }

type BearerVerdict =
  | { readonly kind: 'live'; readonly pair: TokenPair }
  /** Past its expiry or invalidated: a node does not tell them apart (spec §7.2). */
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' }

export type InvalidationResult =
  | { readonly kind: 'known'; readonly counts: InvalidationCounts }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'no-index' }

/** Elasticsearch's token service: it issues, judges, refreshes and ends tokens (spec §7). */
export interface TokenService {
  issue(grant: Grant): Promise<IssuedTokens>
  issueAccessToken(grant: Grant): Promise<Omit<IssuedTokens, 'refreshToken'>>
  authenticate(accessToken: string): Promise<BearerVerdict>
  /** The document of an access token, be the token expired or invalidated. */
  find(accessToken: string): Promise<TokenLookup>
  refresh(refreshToken: string, client: Client): Promise<RefreshResult>
  /** The pairs with exactly this metadata of which one half at least is alive (spec §3.9). */
  findActive(metadata: TokenMetadata): Promise<readonly TokenPair[]>
  /** Every pair that is still known, ended and expired ones too, oldest first. */
  list(): Promise<readonly TokenPair[]>
  /** `by` is what the pair says of its end from then on, here and below. */
  invalidateAccessToken(accessToken: string, by?: string): Promise<InvalidationResult>
  invalidateRefreshToken(refreshToken: string, by?: string): Promise<InvalidationResult>
  /** Ends both halves of every active pair with exactly this metadata, also of one that a refresh adds meanwhile; answers how many pairs those were. */
  invalidateMatching(metadata: TokenMetadata, by?: string): Promise<number>
  /** Ends both halves of the owner's active pairs, likewise. */
  invalidateOwnedBy(owner: Owner, by?: string): Promise<InvalidationCounts>
  /** Forgets every pair, as if none had been issued. */
  clear(): Promise<void>
}

export interface TokenServiceOptions {
  readonly store: TokenStore
  readonly clock: Clock
  readonly newToken?: NewToken
  readonly accessLifetimeMs?: number
  /** The least time between two purges of old documents. */
  readonly purgeIntervalMs?: number
  /** Is told of what was ended, by a call; not of what has expired. */
  readonly ended?: (ended: EndedTokens) => void
}

/** Pairs of which something was alive and was ended. */
export interface EndedTokens {
  readonly pairs: readonly TokenPair[]
  readonly halves: readonly Half[]
  readonly by: string | undefined
}

const defaults = { ended: () => undefined, newToken, accessLifetimeMs: 20 * 60 * 1000, purgeIntervalMs: 30 * 60 * 1000 }

/** A token service over a store. */
export function createTokenService(options: TokenServiceOptions): TokenService {
  const context = { ...defaults, ...options }
  const { store, clock } = context
  return {
    issue: (grant) => issuePair(context, grant),
    issueAccessToken: (grant) => issueAccessToken(context, grant),
    refresh: (refreshToken, client) => refreshTokens(context, refreshToken, client),
    authenticate: async (accessToken) => {
      const pair = await store.findByAccessToken(accessToken)
      if (pair === undefined) return { kind: 'unknown' }
      return isAccessLive(pair, clock.now()) ? { kind: 'live', pair } : { kind: 'expired' }
    },
    find: async (accessToken) => lookUp(store, accessToken, await store.findByAccessToken(accessToken)),
    findActive: async (metadata) => activeOnly(await store.findByMetadata(metadata), clock),
    list: () => store.list(),
    clear: () => store.clear(),
    ...createInvalidations(context),
  }
}

interface InvalidationContext extends TokenContext {
  readonly purgeIntervalMs: number
  readonly ended: (ended: EndedTokens) => void
}

function createInvalidations({ store, clock, purgeIntervalMs, ended: tell }: InvalidationContext) {
  const purge = createPurge({ store, clock, intervalMs: purgeIntervalMs })

  const invalidateHalf = async (lookup: TokenLookup, half: Half, by?: string): Promise<InvalidationResult> => {
    if (lookup.kind !== 'found') return lookup
    const { pair } = lookup
    const counts = await invalidateHalves(store, pair, { halves: [half], by })
    if (counts.invalidated > 0) tell({ pairs: [pair], halves: [half], by })
    await purge()
    return { kind: 'known', counts }
  }

  const endActive = async (find: () => Promise<readonly TokenPair[]>, by?: string): Promise<InvalidationCounts[]> => {
    const both: Ending = { halves: ['refreshInvalidated', 'accessInvalidated'], by }
    const ended: InvalidationCounts[] = []
    // A refresh that crossed the look-up has stored a successor behind its back, so the last look must find nothing.
    for (;;) {
      const pairs = activeOnly(await find(), clock)
      if (pairs.length === 0) break
      const counts = await Promise.all(pairs.map((pair) => invalidateHalves(store, pair, both)))
      ended.push(...counts)
      // Of several that end a pair at once, one has ended it.
      const byUs = pairs.filter((_, index) => counts[index]?.invalidated !== 0)
      if (byUs.length > 0) tell({ pairs: byUs, ...both })
    }
    await purge()
    return ended
  }

  return {
    invalidateAccessToken: async (token: string, by?: string) =>
      invalidateHalf(await lookUp(store, token, await store.findByAccessToken(token)), 'accessInvalidated', by),
    invalidateRefreshToken: async (token: string, by?: string) =>
      invalidateHalf(await lookUp(store, token, await store.findByRefreshToken(token)), 'refreshInvalidated', by),
    invalidateMatching: async (metadata: TokenMetadata, by?: string) =>
      (await endActive(() => store.findByMetadata(metadata), by)).length,
    invalidateOwnedBy: async (owner: Owner, by?: string) =>
      sumCounts(await endActive(() => store.findByOwner(owner), by)),
  }
}

/** Garbage is refused by decoding; only a well-formed token makes a node miss its index (spec §7.4). */
async function lookUp(store: TokenStore, token: string, pair: TokenPair | undefined): Promise<TokenLookup> {
  if (pair !== undefined) return { kind: 'found', pair }
  if (!isWellFormed(token) || (await store.indexExists())) return { kind: 'unknown' }
  return { kind: 'no-index' }
}

const activeOnly = (pairs: readonly TokenPair[], clock: Clock): TokenPair[] =>
  pairs.filter((pair) => isActive(pair, clock.now()))
