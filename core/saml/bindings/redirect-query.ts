import type { Credential } from '../credentials.ts'
import { signingAlgorithm, signOctets } from '../signature/query-signature.ts'
import { deflate } from './deflate.ts'

export type MessageKind = 'SAMLRequest' | 'SAMLResponse'

/** How a value is escaped in a query. */
export type Escape = (value: string) => string

interface QueryDraft {
  readonly kind: MessageKind
  readonly document: string
  readonly relayState?: string | undefined
  /** RFC 3986 with upper-case digits unless told otherwise. */
  readonly escapeWith?: Escape | undefined
}

/** The query that carries a message by redirect, before anybody signs it: raw DEFLATE, base64, escaped (saml-bindings-2.0 §3.4.4.1). */
export function encodeRedirectQuery({ kind, document, relayState, escapeWith = escapeComponent }: QueryDraft): string {
  const query = `${kind}=${escapeWith(deflate(document).toString('base64'))}`
  return relayState === undefined ? query : `${query}&RelayState=${escapeWith(relayState)}`
}

/** The query and the signature over these very octets (saml-bindings-2.0 §3.4.4.1). */
export async function signRedirectQuery(
  query: string,
  { credential, escapeWith = escapeComponent }: { readonly credential: Credential; readonly escapeWith?: Escape },
): Promise<string> {
  const octets = `${query}&SigAlg=${escapeWith(signingAlgorithm(credential))}`
  return `${octets}&Signature=${escapeWith(await signOctets(octets, credential))}`
}

/** The address with the query behind it; a query that it already has is kept. */
export function addRedirectQuery(destination: string, query: string): string {
  return `${destination}${separatorAfter(destination)}${query}`
}

function separatorAfter(destination: string): string {
  if (!destination.includes('?')) return '?'
  return destination.endsWith('?') || destination.endsWith('&') ? '' : '&'
}

// encodeURIComponent leaves !'()* bare; a browser escapes the apostrophe on its way, which would break the signature.
function escapeComponent(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  })
}
