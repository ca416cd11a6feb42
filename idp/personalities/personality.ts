import type { Manner } from '../manner.ts'
import type { MintedKind } from '../mint/wanted-message.ts'

/** What is wrong on purpose in every message of a kind: a `Change`, which is no type here, since that knows how the IdP behaves. */
export type StandingChange = Readonly<Record<string, unknown>>

/** One thing in which a product differs, and where that is written. Without a manner and changes it is known and not made here. */
export interface Quirk {
  /** In one sentence. */
  readonly says: string
  /** Public pages and threads, or rows of `docs/bugs.md`. */
  readonly sources: readonly string[]
  readonly manner?: Manner
  readonly changes?: { readonly [Kind in MintedKind]?: StandingChange }
}

/** How a product runs a logout and writes its messages, as far as that is public. What is not known is as sloop does it. */
export interface Personality {
  readonly product: string
  readonly quirks: readonly Quirk[]
}
