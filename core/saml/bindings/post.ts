import { SamlError } from '../errors.ts'
import { decodeBase64 } from './base64.ts'
import type { MessageKind } from './redirect-query.ts'

/** A message as the hidden controls of a form carry it (saml-bindings-2.0 §3.5.4). */
export interface PostForm {
  readonly action: string
  readonly fields: readonly { readonly name: string; readonly value: string }[]
}

/** The form that carries a message by POST: base64 of the document, and RelayState when there is one. */
export function buildPostForm(draft: {
  readonly destination: string
  readonly kind: MessageKind
  readonly document: string
  readonly relayState?: string | undefined
}): PostForm {
  const message = { name: draft.kind, value: Buffer.from(draft.document).toString('base64') }
  const relayState = draft.relayState === undefined ? [] : [{ name: 'RelayState', value: draft.relayState }]
  return { action: draft.destination, fields: [message, ...relayState] }
}

/** What the field of a message has. @throws SamlError SAML_MESSAGE_MISSING when it is absent or empty. */
export function postedValue(kind: MessageKind, value: string | undefined): string {
  if (value !== undefined && value !== '') return value
  throw new SamlError('SAML_MESSAGE_MISSING', `the form has no ${kind}`)
}

/** The octets of the document in it. Line breaks are tolerated, since forms normalise them (saml-bindings-2.0 §3.5.4). @throws SamlError SAML_BASE64 */
export function decodePosted(value: string): Buffer {
  return decodeBase64(value.replace(/[\r\n]+/g, ''))
}
