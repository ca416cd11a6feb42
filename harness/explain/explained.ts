import type { SamlErrorCode } from '#saml/errors'
import type { Judgement, Presented } from '#saml/rules/presented'

/** What a party says of a message (`spec/contract.md` §2.4). */
export interface Explained extends Judgement {
  /** Whether no rule that could be asked is broken. */
  readonly accepted: boolean
  /** The code of the first that is. */
  readonly refusal: SamlErrorCode | null
  /** Of Elasticsearch: the realm that judged. */
  readonly realm?: string
  /** Pairs of tokens that it would end, were it accepted; null where nobody knows who is signed in. */
  readonly wouldInvalidate?: number | null
  /** The logins that are nearest, where it would end none. */
  readonly nearest?: readonly { readonly token: string; readonly differsIn: readonly string[] }[]
}

/** Who judges a message. */
export type Judge = (presented: Presented, when: JudgedAt) => Promise<Explained>

export interface JudgedAt {
  /** An instant; now when undefined. */
  readonly at: string | undefined
}
