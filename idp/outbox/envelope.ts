import { buildPostForm, type PostForm } from '#saml/bindings/post'
import { addRedirectQuery, type MessageKind } from '#saml/bindings/redirect-query'
import { writeSoap } from '#saml/bindings/soap'
import type { Draft } from './draft.ts'

/** A message as it travels. */
export type Envelope = Carrier & {
  /** The XML in it, as it was encoded; signed where the document is what is signed. */
  readonly document: string
}

type Carrier =
  | { readonly way: 'redirect'; readonly url: string }
  | { readonly way: 'post'; readonly form: PostForm }
  | { readonly way: 'soap'; readonly endpoint: string | undefined; readonly body: string }

/** From signed query to envelope. */
export function queryEnvelope(address: string, query: string, document: string): Envelope {
  return { way: 'redirect', url: addRedirectQuery(address, query), document }
}

/** From signed document to envelope: a form. */
export function formEnvelope(address: string, draft: Draft, document: string): Envelope {
  const { relayState } = draft
  const form = buildPostForm({ destination: address, kind: parameterOf(draft), document, relayState })
  return { way: 'post', form, document }
}

/** From signed document to envelope: a SOAP call, or the answer to one, which needs no endpoint. */
export function soapEnvelope(document: string, endpoint?: string): Envelope {
  return { way: 'soap', endpoint, body: writeSoap(document), document }
}

/** The parameter or field that carries a message of this kind. */
export function parameterOf({ kind }: Draft): MessageKind {
  return kind === 'LogoutRequest' ? 'SAMLRequest' : 'SAMLResponse'
}
