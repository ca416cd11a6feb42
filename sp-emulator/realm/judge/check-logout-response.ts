import { decodeBase64 } from '#saml/bindings/base64'
import { type LogoutResponse, parseLogoutResponse } from '#saml/messages/logout-response'
import { BINDING, NAMESPACE } from '#saml/names'
import { childOf, type XmlElement } from '#saml/xml/element'
import { readQuery } from '../query-string.ts'
import type { RealmContext } from '../realm-config.ts'
import { inTheWordsOfANode, refuse } from '../refusals.ts'
import { checkIssuer, inflateMessage, readProtocolMessage } from './message.ts'
import { judgeEmbeddedSignature, judgeQuerySignature } from './signatures.ts'
import { checkInResponseTo, checkResponseDestination, checkStatus } from './status-response.ts'

interface ReceivedLogoutResponse {
  readonly response: LogoutResponse
  readonly ids: readonly string[] | null
  /** Whether the XML itself is signed: then its Destination may not be missing. */
  readonly isXmlSigned: boolean
}

type Rule = (received: ReceivedLogoutResponse, context: RealmContext) => void

/** In the order of a node (spec §5). */
const rules: readonly Rule[] = [
  ({ response, ids }) => checkInResponseTo(response.inResponseTo, ids),
  ({ response }) => checkStatus(response.status),
  ({ response }, { config }) => checkIssuer(response, `{${NAMESPACE.protocol}}LogoutResponse`, config.idpEntityId),
  ({ response, isXmlSigned }, { config }) => checkResponseDestination(response, config.logoutUrl, isXmlSigned),
]

/**
 * Judges a LogoutResponse: by redirect, where the query must be signed, when there is a query string; else by POST, where the XML must be.
 * @throws SamlError with the reason a node gives (spec §5).
 */
export function checkLogoutResponse(
  input: { queryString: string | undefined; content: string | undefined; ids: readonly string[] | null },
  context: RealmContext,
): void {
  const { queryString, content = '', ids } = input
  const { root, isXmlSigned } =
    queryString === undefined ? readPosted(content, context) : readRedirected(queryString, context)
  const received = { response: parseLogoutResponse(root), ids, isXmlSigned }
  for (const rule of rules) rule(received, context)
}

interface AuthenticRoot {
  readonly root: XmlElement
  readonly isXmlSigned: boolean
}

function readRedirected(queryString: string, context: RealmContext): AuthenticRoot {
  const query = readQuery(queryString)
  const encoded = query.parameters.get('SAMLResponse')
  if (encoded === undefined) {
    throw refuse('SAML_MESSAGE_MISSING', `Could not parse SAMLResponse from query string: [${queryString}]`)
  }
  if (judgeQuerySignature(query, context) === 'unsigned') {
    throw refuse('SAML_UNSIGNED', 'Query string is not signed, but is required for HTTP-Redirect binding', {
      binding: BINDING.redirect,
    })
  }
  const document = inflateMessage(encoded)
  const root = readProtocolMessage(document, 'LogoutResponse')
  if (childOf(root, 'ds:Signature') === undefined) return { root, isXmlSigned: false }
  return { root: judgeEmbeddedSignature({ document, root, element: root }, context), isXmlSigned: true }
}

function readPosted(content: string, context: RealmContext): AuthenticRoot {
  const document = inTheWordsOfANode(() => decodeBase64(content, { lenient: true }))
  const root = readProtocolMessage(document, 'LogoutResponse')
  if (childOf(root, 'ds:Signature') === undefined) {
    throw refuse('SAML_UNSIGNED', 'LogoutResponse is not signed, but is required for HTTP-Post binding', {
      binding: BINDING.post,
    })
  }
  return { root: judgeEmbeddedSignature({ document, root, element: root }, context), isXmlSigned: true }
}
