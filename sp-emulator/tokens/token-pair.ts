import type { Authentication } from './authentication.ts'

/** What the realm wants to be kept with a token pair and asked for again by equality. Opaque here; null equals only null. */
export type TokenMetadata = Readonly<Record<string, string | null>>

/** Who asked for a pair: nobody else may refresh it (spec §7.3). */
export interface Client {
  readonly username: string
  readonly realm: string
}

/** The tokens that a refresh issued, kept with the old pair so that a late twin of that refresh gets the same ones. */
export interface SupersedingTokens {
  readonly refreshedAt: number
  readonly accessToken: string
  readonly refreshToken: string
}

/** One token document: an access token and, in most grants, a refresh token of the same moment. */
export interface TokenPair {
  readonly accessToken: string
  /** Undefined for the client_credentials grant. */
  readonly refreshToken: string | undefined
  readonly createdAt: number
  readonly accessExpiresAt: number
  readonly accessInvalidated: boolean
  readonly refreshInvalidated: boolean
  readonly supersededBy: SupersedingTokens | undefined
  /** What last took something of the pair away, in the words of whoever did; undefined while it has all, or has only expired. */
  readonly endedBy: string | undefined
  readonly client: Client
  readonly authentication: Authentication
  readonly metadata: TokenMetadata | undefined
}

/** A refresh token, and the document that carries it, lasts 24 hours whatever the configuration (spec §7.1). */
export const documentLifetimeMs = 24 * 60 * 60 * 1000

/** The access token opens doors: it is neither invalidated nor past its expiry. */
export function isAccessLive(pair: TokenPair, now: number): boolean {
  return !pair.accessInvalidated && now <= pair.accessExpiresAt
}

/** The pair is older than any refresh token may be. */
export function isDocumentExpired(pair: TokenPair, now: number): boolean {
  return now > pair.createdAt + documentLifetimeMs
}

/** Both halves were invalidated: nothing can bring it back. */
export function isEnded(pair: TokenPair): boolean {
  return pair.accessInvalidated && (pair.refreshToken === undefined || pair.refreshInvalidated)
}

/** One half at least is alive, so a logout has something to end; a refresh token counts also when it was used (spec §3.9). */
export function isActive(pair: TokenPair, now: number): boolean {
  if (isAccessLive(pair, now)) return true
  return pair.refreshToken !== undefined && !pair.refreshInvalidated && !isDocumentExpired(pair, now)
}
