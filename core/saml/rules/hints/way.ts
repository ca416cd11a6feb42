/** One difference from what came, and why it may be so. */
export interface Way {
  /** Behind "it verifies" or "it can be read". */
  readonly how: string
  /** Behind the colon. */
  readonly why: string
}

/** A text, and what has been done to it. */
export interface Variant<T = string> {
  readonly it: T
  readonly ways: readonly Way[]
}

/** What is there when nothing is done. */
export const asItCame = <T>(it: T): Variant<T> => ({ it, ways: [] })

/** `it verifies with x and with y: because of this; because of that`. */
export function sentence(begin: string, ways: readonly Way[]): string {
  return `${begin} ${ways.map(({ how }) => how).join(' and ')}: ${ways.map(({ why }) => why).join('; ')}`
}
