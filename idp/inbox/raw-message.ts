import type { RedirectMessage } from '#saml/bindings/redirect'

/** A message as it came, whatever carried it. Nothing of it has been looked into. */
export interface RawMessage extends Omit<RedirectMessage, 'signature'> {
  /** In the query that carried it, or in the document itself. */
  readonly signature: RedirectMessage['signature'] | { readonly kind: 'in-document' }
  /** Our own address at which it came; undefined for the answer to a call of ours. */
  readonly arrivedAt: string | undefined
  readonly carrier: 'browser' | 'call'
}
