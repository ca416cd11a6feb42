import { type Assertion, parseAssertion } from '#saml/messages/assertion'
import { parseResponse, type ReceivedResponse } from '#saml/messages/response'
import { NAMESPACE } from '#saml/names'
import { attributeOf, childOf, type XmlElement } from '#saml/xml/element'
import type { RealmContext } from '../realm-config.ts'
import { refuse } from '../refusals.ts'
import type { SamlLogin } from '../saml-realm.ts'
import { makeTokenMetadata } from '../user/token-metadata.ts'
import { mapPrincipal } from '../user/user-attributes.ts'
import { type AssertionContext, checkAssertion } from './check-assertion.ts'
import { checkIssuer, readProtocolMessage, trimmed } from './message.ts'
import { failedToDecrypt, openAttribute, openEncrypted } from './open-encrypted.ts'
import { judgeEmbeddedSignature } from './signatures.ts'
import { checkInResponseTo, checkResponseDestination, checkStatus } from './status-response.ts'

interface Judged {
  readonly response: ReceivedResponse
  readonly ids: readonly string[] | null
  readonly isSigned: boolean
}

type Rule = (judged: Judged, context: RealmContext) => void

/** In the order of a node (spec §6.2, steps 3 to 7). */
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
  const found = findAssertion({ document, received, response }, context)
  const element = authenticAssertion(found, isSigned, context)
  const assertion = parseAssertion(element, (encrypted) => openAttribute(encrypted, context.config))
  return login(assertion, trimmed(response.inResponseTo), { ...context, ids })
}

/** Where an Assertion stands: in the Response, or alone in what was encrypted. */
interface FoundAssertion {
  readonly document: Buffer
  readonly root: XmlElement
  /** As it came; its signature is judged where it stands. */
  readonly element: XmlElement
  /** What the signature of the Response covers of it, if there is one. */
  readonly covered: XmlElement
}

function findAssertion(
  { document, received, response }: { document: Buffer; received: XmlElement; response: ReceivedResponse },
  { config }: RealmContext,
): FoundAssertion {
  const [encrypted] = response.encryptedAssertionElements
  if (encrypted !== undefined) {
    const opened = openEncrypted(encrypted, 'assertion', config)
    if (opened.element.key !== 'saml:Assertion') throw failedToDecrypt(encrypted, 'assertion')
    return { ...opened, root: opened.element, covered: opened.element }
  }
  const element = childOf(received, 'saml:Assertion')
  const [covered] = response.assertionElements
  if (element === undefined || covered === undefined) throw noAssertion()
  return { document, root: received, element, covered }
}

/** A signature on the Assertion must verify if it is there; it must be there unless the Response is signed (spec §6.2, steps 2 and 9). */
function authenticAssertion(found: FoundAssertion, isResponseSigned: boolean, context: RealmContext): XmlElement {
  if (childOf(found.element, 'ds:Signature') !== undefined) return judgeEmbeddedSignature(found, context)
  if (isResponseSigned) return found.covered
  const id = attributeOf(found.element, 'ID') ?? ''
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
  if (count === 0) throw noAssertion()
}

const noAssertion = () => refuse('SAML_ASSERTION', 'No assertions found in SAML response')
