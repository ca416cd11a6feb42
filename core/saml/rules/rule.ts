import type { SamlErrorCode } from '../errors.ts'

/**
 * One rule of a receiver about what it was sent: one small function with one stable name, one code and one clause. The same ordered list serves the receiver,
 * which stops at the first that is broken, and explanations, which ask all of them (`spec/contract.md` §2.4).
 */
export interface Rule<Received> {
  /** Stable, in camelCase: what the rule demands, such as `signedByTheIdp`. */
  readonly rule: string
  /** The code under which its breach is refused; where there are several, the usual one. */
  readonly code: SamlErrorCode
  /** Where it stands: a clause of a standard, or of the documentation of the receiver. */
  readonly clause: string
  /** What it demands, in a few words, for a refusal that does not say what was expected. */
  readonly expects?: string
  /**
   * Looks at the message. What it looks at may be a part that is made when first asked for.
   * @throws SamlError when the rule is broken; Unaskable when there is nothing to look at.
   */
  readonly ask: (received: Received) => void
}
