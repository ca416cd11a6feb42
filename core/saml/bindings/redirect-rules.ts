import { SamlError } from '../errors.ts'
import { Part } from '../rules/part.ts'
import type { Rule } from '../rules/rule.ts'
import type { QuerySignature } from '../signature/query-signature.ts'
import { decodeBase64 } from './base64.ts'
import { inflate } from './deflate.ts'
import { type RawParameter, splitRawQuery } from './raw-query.ts'
import type { MessageKind } from './redirect-query.ts'

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

type Reserved = ReadonlyMap<string, RawParameter>

/** A query that carries a message, in the parts that the rules of the binding look at. */
export type RedirectParts = ReturnType<typeof redirectParts>

/** What a query string is made of. Nothing of it is looked into before it is asked for. */
export function redirectParts(query: string) {
  const split = new Part('the query string cannot be taken apart', () => splitRawQuery(query))
  const parameters = new Part('it is not clear which parameters count', () => reservedOf(split.get()))
  const named = new Part('there is no message', () => messagesIn(parameters.get()))
  const message = new Part('it is not clear which message counts', () => onlyOne(named.get()))
  const compressed = new Part('no octets could be read', () => decodeBase64(message.get().value))
  const document = new Part('no document could be read', () => inflate(compressed.get()))
  const signature = new Part('the signature cannot be read', () => signatureOf(message.get(), parameters.get()))
  return { split, parameters, named, message, compressed, document, signature }
}

const clause = 'saml-bindings-2.0 §3.4.4.1'

/** What the binding demands of a query, in the order in which it is asked. */
export const redirectRules: readonly Rule<RedirectParts>[] = [
  { rule: 'wellFormedQuery', code: 'SAML_QUERY_MALFORMED', clause, ask: ({ split }) => void split.make() },
  { rule: 'eachParameterOnce', code: 'SAML_QUERY_AMBIGUOUS', clause, ask: ({ parameters }) => void parameters.make() },
  { rule: 'carriesAMessage', code: 'SAML_MESSAGE_MISSING', clause, ask: ({ named }) => void named.make() },
  { rule: 'carriesOneMessage', code: 'SAML_QUERY_AMBIGUOUS', clause, ask: ({ message }) => void message.make() },
  { rule: 'knownEncoding', code: 'SAML_QUERY_MALFORMED', clause, ask: knownEncoding },
  { rule: 'base64', code: 'SAML_BASE64', clause, ask: ({ compressed }) => void compressed.make() },
  { rule: 'deflated', code: 'SAML_DEFLATE', clause, ask: ({ document }) => void document.make() },
  { rule: 'wholeSignature', code: 'SAML_UNSIGNED', clause, ask: ({ signature }) => void signature.make() },
]

/** Whether it is a request or a response that the query says it carries. @throws Unaskable when it carries no message, or more than one. */
export const kindOf = ({ message }: RedirectParts): MessageKind => message.get().name as MessageKind

/** Present when the parameter is, also when empty. @throws Unaskable when it is not clear which parameters count. */
export const relayStateOf = ({ parameters }: RedirectParts): string | undefined =>
  parameters.get().get('RelayState')?.value

function reservedOf(parameters: readonly RawParameter[]): Reserved {
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

type Messages = readonly [RawParameter, ...RawParameter[]]

function messagesIn(parameters: Reserved): Messages {
  const request = parameters.get('SAMLRequest')
  const response = parameters.get('SAMLResponse')
  if (request !== undefined) return response === undefined ? [request] : [request, response]
  if (response !== undefined) return [response]
  throw new SamlError('SAML_MESSAGE_MISSING', 'the query string has neither a SAMLRequest nor a SAMLResponse')
}

function onlyOne([message, ...others]: Messages): RawParameter {
  if (others.length === 0) return message
  throw new SamlError('SAML_QUERY_AMBIGUOUS', 'the query string has both a SAMLRequest and a SAMLResponse')
}

function knownEncoding({ parameters }: RedirectParts): void {
  const encoding = parameters.get().get('SAMLEncoding')
  if (encoding === undefined || encoding.value === deflateEncoding) return
  throw new SamlError('SAML_QUERY_MALFORMED', `the SAMLEncoding [${encoding.value.slice(0, 128)}] is not supported`)
}

/** The signature of a query, or that it has none. */
export type RedirectSignature = { readonly kind: 'unsigned' } | ({ readonly kind: 'signed' } & QuerySignature)

function signatureOf(message: RawParameter, parameters: Reserved): RedirectSignature {
  const algorithm = parameters.get('SigAlg')
  const signature = parameters.get('Signature')
  if (algorithm === undefined && signature === undefined) return { kind: 'unsigned' }
  if (algorithm === undefined || signature === undefined || signature.value === '') {
    const missing = algorithm === undefined ? 'SigAlg' : 'Signature'
    throw new SamlError('SAML_UNSIGNED', `the query string is signed only in part: ${missing} is missing or empty`)
  }
  const relayState = parameters.get('RelayState')
  const signed = [message, relayState, algorithm].filter((each) => each !== undefined).map(({ raw }) => raw)
  return {
    kind: 'signed',
    algorithm: algorithm.value,
    value: decodeBase64(signature.value),
    octets: Buffer.from(signed.join('&'), 'latin1'),
  }
}
