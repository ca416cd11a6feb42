import { buildPostForm, type PostForm } from '#saml/bindings/post'
import { addRedirectQuery, type MessageKind } from '#saml/bindings/redirect-query'
import { writeSoap } from '#saml/bindings/soap'
import type { NotMade } from '../changes/make-changes.ts'
import type { Draft } from './draft.ts'

/** A message as it travels. */
export type Envelope = Carried & {
  /** The ID of the message. */
  readonly id: string
  /** What it says, changed where that was wanted. */
  readonly draft: Draft
  /** What of a change it could not take; undefined where none was wanted. */
  readonly notMade?: readonly NotMade[] | undefined
}

/** What becomes of a document on its way. */
export type Carried = Carrier & {
  /** The XML in it, as it was encoded; signed where the document is what is signed. */
  readonly document: string
}

type Carrier =
  | { readonly way: 'redirect'; readonly url: string }
  | { readonly way: 'post'; readonly form: PostForm }
  | { readonly way: 'soap'; readonly endpoint: string | undefined; readonly body: string }

/** From signed query to envelope. */
export function queryEnvelope(address: string, query: string, document: string): Carried {
  return { way: 'redirect', url: addRedirectQuery(address, query), document }
}

/** From signed document to envelope: a form. */
export function formEnvelope(address: string, draft: Draft, document: string): Extract<Carried, { way: 'post' }> {
  const { relayState } = draft
  const form = buildPostForm({ destination: address, kind: parameterOf(draft), document, relayState })
  return { way: 'post', form, document }
}

/** From signed document to envelope: a SOAP call, or the answer to one, which needs no endpoint. */
export function soapEnvelope(document: string, endpoint?: string): Carried {
  return { way: 'soap', endpoint, body: writeSoap(document), document }
}

/** The parameter or field that carries a message of this kind. */
export function parameterOf({ kind }: Draft): MessageKind {
  return kind === 'LogoutRequest' ? 'SAMLRequest' : 'SAMLResponse'
}
