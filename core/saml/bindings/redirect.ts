import type { Credential } from '../credentials.ts'
import { SamlError } from '../errors.ts'
import type { QuerySignature } from '../signature/query-signature.ts'
import { decodeBase64 } from './base64.ts'
import { inflate } from './deflate.ts'
import { type RawParameter, splitRawQuery } from './raw-query.ts'
import {
  addRedirectQuery,
  type Escape,
  encodeRedirectQuery,
  type MessageKind,
  signRedirectQuery,
} from './redirect-query.ts'

/** A message that came by redirect. Whether it is signed, and by whom, is for the caller to decide. */
export interface RedirectMessage {
  readonly kind: MessageKind
  /** The octets of the XML document. */
  readonly document: Buffer
  /** Present when the parameter was, also when empty. */
  readonly relayState: string | undefined
  readonly signature: { readonly kind: 'unsigned' } | ({ readonly kind: 'signed' } & QuerySignature)
}

const deflateEncoding = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE'

/** The parameters that the binding defines; each may occur at most once, spelled literally. */
export const reservedParameters = [
  'SAMLRequest',
  'SAMLResponse',
  'RelayState',
  'SigAlg',
  'Signature',
  'SAMLEncoding',
] as const

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
 * The address that carries a message by redirect: raw DEFLATE, base64, escaped, and signed with RSA-SHA256 over the octets of this
 * very address when a credential is given. A query that the destination already has is kept (saml-bindings-2.0 §3.4.4.1).
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
  const parameters = reservedOf(splitRawQuery(query))
  const request = parameters.get('SAMLRequest')
  const message = request ?? parameters.get('SAMLResponse')
  if (message === undefined) {
    throw new SamlError('SAML_MESSAGE_MISSING', 'the query string has neither a SAMLRequest nor a SAMLResponse')
  }
  if (request !== undefined && parameters.has('SAMLResponse')) {
    throw new SamlError('SAML_QUERY_AMBIGUOUS', 'the query string has both a SAMLRequest and a SAMLResponse')
  }
  checkEncoding(parameters.get('SAMLEncoding'))
  return {
    kind: request === undefined ? 'SAMLResponse' : 'SAMLRequest',
    document: inflate(decodeBase64(message.value)),
    relayState: parameters.get('RelayState')?.value,
    signature: signatureOf(message, parameters),
  }
}

function reservedOf(parameters: readonly RawParameter[]): ReadonlyMap<string, RawParameter> {
  const reserved = new Map<string, RawParameter>()
  for (const parameter of parameters) {
    if (!isReserved(parameter.name)) continue
    if (parameter.rawName !== parameter.name) {
      throw new SamlError('SAML_QUERY_AMBIGUOUS', `the parameter ${parameter.name} is spelled with escapes`)
    }
    if (reserved.has(parameter.name)) {
      throw new SamlError('SAML_QUERY_AMBIGUOUS', `the parameter ${parameter.name} occurs more than once`)
    }
    reserved.set(parameter.name, parameter)
  }
  return reserved
}

const isReserved = (name: string) => (reservedParameters as readonly string[]).includes(name)

function checkEncoding(encoding: RawParameter | undefined): void {
  if (encoding === undefined || encoding.value === deflateEncoding) return
  throw new SamlError('SAML_QUERY_MALFORMED', `the SAMLEncoding [${encoding.value.slice(0, 128)}] is not supported`)
}

function signatureOf(
  message: RawParameter,
  parameters: ReadonlyMap<string, RawParameter>,
): RedirectMessage['signature'] {
  const algorithm = parameters.get('SigAlg')
  const signature = parameters.get('Signature')
  if (algorithm === undefined && signature === undefined) return { kind: 'unsigned' }
  if (algorithm === undefined || signature === undefined || signature.value === '') {
    const missing = algorithm === undefined ? 'SigAlg' : 'Signature'
    throw new SamlError('SAML_UNSIGNED', `the query string is signed only in part: ${missing} is missing or empty`)
  }
  const relayState = parameters.get('RelayState')
  const signed = [message, relayState, algorithm].filter((part) => part !== undefined).map((part) => part.raw)
  return {
    kind: 'signed',
    algorithm: algorithm.value,
    value: decodeBase64(signature.value),
    octets: Buffer.from(signed.join('&'), 'latin1'),
  }
}
