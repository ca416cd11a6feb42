import type { Check } from './ask-all.ts'

/** A message as somebody presents it to be judged: in what carried it, or alone. Nothing of it has been looked into. */
export type Presented = Carried & {
  /** Where it was sent, as far as that is known, without the query. */
  readonly address?: string | undefined
}

type Carried =
  | { readonly carrier: 'query'; readonly queryString: string }
  | { readonly carrier: 'form'; readonly fields: Readonly<Record<string, string>> }
  /** The XML alone. Nobody knows how it was carried, and rules about that cannot be asked. */
  | { readonly carrier: 'document'; readonly document: string }

/** What a receiver would make of a message, told by every rule; nothing has changed and nothing was sent. What could not be read is null. */
export interface Judgement {
  readonly kind: 'AuthnRequest' | 'Response' | 'LogoutRequest' | 'LogoutResponse' | null
  readonly binding: 'redirect' | 'post' | 'soap' | null
  readonly id: string | null
  /** Whom it names as its Issuer. */
  readonly from: string | null
  /** Its Destination. */
  readonly to: string | null
  readonly document: string | null
  /** In the order in which the receiver asks them. */
  readonly checks: readonly Check[]
}
