import { type Assertion, parseAssertion } from '#saml/messages/assertion'
import { parseResponse, type ReceivedResponse } from '#saml/messages/response'
import { NAMESPACE } from '#saml/names'
import { attributeOf, childOf, type XmlElement } from '#saml/xml/element'
import { type AssertionContext, checkAssertion } from './check-assertion.ts'
import { abridgedText, checkIssuer, readProtocolMessage } from './message.ts'
import type { RealmContext } from './realm-config.ts'
import { refuse } from './refusals.ts'
import type { SamlLogin } from './saml-realm.ts'
import { judgeEmbeddedSignature } from './signatures.ts'
import { checkInResponseTo, checkResponseDestination, checkStatus } from './status-response.ts'
import { makeTokenMetadata } from './token-metadata.ts'
import { mapPrincipal } from './user-attributes.ts'

interface Judged {
  readonly response: ReceivedResponse
  readonly ids: readonly string[] | null
  readonly isSigned: boolean
}

type Rule = (judged: Judged, context: RealmContext) => void

/** In the order of a node (spec §6.2, steps 3 to 8). */
const rules: readonly Rule[] = [
  ({ response, ids }) => checkInResponseTo(response.inResponseTo, ids),
  ({ response }) => checkStatus(response.status),
  ({ response }, { config }) => checkIssuer(response, `{${NAMESPACE.protocol}}Response`, config.idpEntityId),
  ({ response, isSigned }, { config }) => checkResponseDestination(response, config.acsUrl, isSigned),
  holdsOneAssertion,
]

/**
 * Judges a Response and answers who logged in (spec §6.2). Everything about the user is read from what a signature covered.
 * @throws SamlError with the reason that a node logs; its caller only sees a general 401.
 */
export function acceptResponse(document: Buffer, ids: readonly string[] | null, context: RealmContext): SamlLogin {
  const received = readProtocolMessage(document, 'Response')
  const isSigned = childOf(received, 'ds:Signature') !== undefined
  const root = isSigned ? judgeEmbeddedSignature({ document, root: received, element: received }, context) : received
  const response = parseResponse(root)
  for (const rule of rules) rule({ response, ids, isSigned }, context)
  const assertion = parseAssertion(authenticAssertion({ document, received, response, isSigned }, context))
  return login(assertion, response.inResponseTo, { ...context, ids })
}

interface SignedParts {
  readonly document: Buffer
  /** The Response as it came; the signature of an Assertion is judged where it stands. */
  readonly received: XmlElement
  readonly response: ReceivedResponse
  readonly isSigned: boolean
}

/** A signature on the Assertion must verify if it is there; it must be there unless the Response is signed (spec §6.2, steps 2 and 9). */
function authenticAssertion(
  { document, received, response, isSigned }: SignedParts,
  context: RealmContext,
): XmlElement {
  const element = childOf(received, 'saml:Assertion')
  const [covered] = response.assertionElements
  if (element === undefined || covered === undefined)
    throw refuse('SAML_ASSERTION', 'No assertions found in SAML response')
  if (childOf(element, 'ds:Signature') !== undefined) {
    return judgeEmbeddedSignature({ document, root: received, element }, context)
  }
  if (isSigned) return covered
  const id = attributeOf(element, 'ID') ?? ''
  throw refuse('SAML_UNSIGNED', `Assertion [${id}] is not signed, but a signature is required`)
}

function login(assertion: Assertion, inResponseTo: string | undefined, context: AssertionContext): SamlLogin {
  const { config } = context
  checkAssertion(assertion, context)
  const sessionIndex = assertion.authnStatements[0]?.sessionIndex
  return {
    principal: mapPrincipal(assertion, config),
    tokenMetadata: makeTokenMetadata(assertion.subject?.nameId, sessionIndex, config.name),
    inResponseTo,
  }
}

function holdsOneAssertion({ response }: Judged): void {
  const count = response.assertionElements.length + response.encryptedAssertionElements.length
  if (count > 1) {
    throw refuse('SAML_ASSERTION', `Expecting only 1 assertion, but response contains multiple (${count})`)
  }
  if (count === 0) throw refuse('SAML_ASSERTION', 'No assertions found in SAML response')
  const [encrypted] = response.encryptedAssertionElements
  if (encrypted === undefined) return
  const text = abridgedText(encrypted, 32)
  throw refuse('SAML_ENCRYPTED', `SAML assertion [${text}] is encrypted, but no decryption key is available`)
}
