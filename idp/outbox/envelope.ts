import { buildPostForm, type PostForm } from '#saml/bindings/post'
import { addRedirectQuery, type MessageKind } from '#saml/bindings/redirect-query'
import type { Draft } from './draft.ts'

/** A message as it travels. */
export type Envelope =
  | { readonly way: 'redirect'; readonly url: string }
  | { readonly way: 'post'; readonly form: PostForm }

/** From signed query to envelope. */
export function queryEnvelope({ to }: Draft, query: string): Envelope {
  return { way: 'redirect', url: addRedirectQuery(to.address, query) }
}

/** From signed document to envelope: a form. */
export function formEnvelope(draft: Draft, document: string): Envelope {
  const { to, relayState } = draft
  return {
    way: 'post',
    form: buildPostForm({ destination: to.address, kind: parameterOf(draft), document, relayState }),
  }
}

/** The parameter or field that carries a message of this kind. */
export function parameterOf({ kind }: Draft): MessageKind {
  return kind === 'LogoutRequest' ? 'SAMLRequest' : 'SAMLResponse'
}
