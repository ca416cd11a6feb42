import type { RedirectMessage } from '#saml/bindings/redirect'
import type { Wire } from '#server/journal/seen'

/** A message as it came, whatever carried it. Nothing of it has been looked into. */
export interface RawMessage extends Omit<RedirectMessage, 'signature'> {
  /** In the query that carried it, or in the document itself. */
  readonly signature: RedirectMessage['signature'] | { readonly kind: 'in-document' }
  /** Our own address at which it came; undefined for the answer to a call of ours. */
  readonly arrivedAt: string | undefined
  /** Unknown of a document alone, which is explained and never received. */
  readonly carrier: 'browser' | 'call' | 'unknown'
  /** How it came, for the journal; undefined of what is explained and never received. */
  readonly wire?: Wire | undefined
}
