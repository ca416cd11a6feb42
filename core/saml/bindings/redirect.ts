import type { Credential } from '../credentials.ts'
import { stopAtFirst } from '../rules/stop-at-first.ts'
import {
  addRedirectQuery,
  type Escape,
  encodeRedirectQuery,
  type MessageKind,
  signRedirectQuery,
} from './redirect-query.ts'
import { kindOf, type RedirectSignature, redirectParts, redirectRules, relayStateOf } from './redirect-rules.ts'

/** A message that came by redirect. Whether it is signed, and by whom, is for the caller to decide. */
export interface RedirectMessage {
  readonly kind: MessageKind
  /** The octets of the XML document. */
  readonly document: Buffer
  /** Present when the parameter was, also when empty. */
  readonly relayState: string | undefined
  readonly signature: RedirectSignature
}

export interface RedirectDraft {
  readonly destination: string
  readonly kind: MessageKind
  readonly document: string
  readonly relayState?: string | undefined
  readonly signWith?: Credential | undefined
  /** How a value is escaped; RFC 3986 with upper-case digits unless told otherwise. */
  readonly escapeWith?: Escape
}

/**
 * The address that carries a message by redirect: raw DEFLATE, base64, escaped, and when a credential is given signed over the octets of
 * this very address, with the algorithm of its key or the one that it says. A query that the destination already has is kept (saml-bindings-2.0 §3.4.4.1).
 */
export async function buildRedirectUrl({
  destination,
  signWith: credential,
  ...draft
}: RedirectDraft): Promise<string> {
  const query = encodeRedirectQuery(draft)
  const signed = credential === undefined ? query : await signRedirectQuery(query, { ...draft, credential })
  return addRedirectQuery(destination, signed)
}

/**
 * Reads a query string strictly, as the binding is written (saml-bindings-2.0 §3.4.4.1; `spec/security.md` §2.5): exactly one message, no reserved
 * parameter twice or in disguise, strict base64, one DEFLATE stream. The signed octets are the received ones, in the order of the binding.
 * @throws SamlError SAML_QUERY_MALFORMED, SAML_QUERY_AMBIGUOUS, SAML_MESSAGE_MISSING, SAML_BASE64, SAML_DEFLATE or SAML_TOO_LARGE.
 */
export function readRedirect(query: string): RedirectMessage {
  const parts = redirectParts(query)
  stopAtFirst(redirectRules, parts)
  return {
    kind: kindOf(parts),
    document: parts.document.get(),
    relayState: relayStateOf(parts),
    signature: parts.signature.get(),
  }
}
