import type { TokenMetadata, TokenPair } from './token-pair.ts'

/** Selects pairs by whom they speak for; what is given must hold. */
export interface Owner {
  readonly realm?: string | undefined
  readonly username?: string | undefined
}

/** What a refresh leaves: the old pair, marked, and the new one. */
export interface Supersession {
  readonly superseded: TokenPair
  readonly successor: TokenPair
}

/**
 * Keeps token pairs. Every look-up answers in a time that does not grow with the number of pairs it does not return.
 * A pair's tokens, owner, metadata and creation time never change; `tokenStoreContract` says the rest.
 */
export interface TokenStore {
  insert(pair: TokenPair): Promise<void>
  findByAccessToken(accessToken: string): Promise<TokenPair | undefined>
  findByRefreshToken(refreshToken: string): Promise<TokenPair | undefined>
  /** The pairs whose metadata has the same keys with the same values, oldest first; a pair that has ended is among them no more. */
  findByMetadata(metadata: TokenMetadata): Promise<readonly TokenPair[]>
  /** The pairs of this realm and user that have not ended, oldest first. */
  findByOwner(owner: Owner): Promise<readonly TokenPair[]>
  /** Every pair, ended ones too, oldest first: as many as there are. */
  list(): Promise<readonly TokenPair[]>
  /** Puts `next` in the place of `previous`; false, and nothing done, when the stored pair is no longer the one that was read. */
  replace(previous: TokenPair, next: TokenPair): Promise<boolean>
  /** Replaces and inserts in one step, so that nobody finds the one without the other; false, and nothing done, as with `replace`. */
  supersede(previous: TokenPair, supersession: Supersession): Promise<boolean>
  /** Forgets pairs created before this instant. */
  deleteCreatedBefore(instant: number): Promise<void>
  /** Whether a pair was ever inserted: a node's tokens index comes to be with its first token (spec §7.4). */
  indexExists(): Promise<boolean>
  /** Forgets every pair, and that there was one. */
  clear(): Promise<void>
}
