import type { Change } from '../changes/change-list.ts'
import type { Manner } from '../manner.ts'
import type { MintedKind } from '../mint/wanted-message.ts'

/** One thing in which a product differs, and where that is written. Without a manner and changes it is known and not made here. */
export interface Quirk {
  /** In one sentence. */
  readonly says: string
  /** Public pages and threads, or rows of `docs/bugs.md`. */
  readonly sources: readonly string[]
  readonly manner?: Manner
  readonly changes?: { readonly [Kind in MintedKind]?: Change }
}

/** How a product runs a logout and writes its messages, as far as that is public. What is not known is as sloop does it. */
export interface Personality {
  readonly product: string
  readonly quirks: readonly Quirk[]
}
