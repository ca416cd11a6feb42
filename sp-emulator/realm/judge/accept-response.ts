import { NAMESPACE } from '#saml/names'
import type { Rule } from '#saml/rules/rule'
import { stopAtFirst } from '#saml/rules/stop-at-first'
import { Unaskable } from '#saml/rules/unaskable'
import { attributeOf } from '#saml/xml/element'
import type { RealmContext } from '../realm-config.ts'
import { refuse } from '../refusals.ts'
import type { SamlLogin } from '../saml-realm.ts'
import { makeTokenMetadata } from '../user/token-metadata.ts'
import { assertionRules } from './assertion-rules.ts'
import { documentIsValid, documentSignedByTheIdp, isOfItsKind } from './carriage-rules.ts'
import { checkIssuer, trimmed } from './message.ts'
import { noAssertion, ReceivedLogin } from './received-login.ts'
import { known, nothingToAsk } from './receiver.ts'
import { checkInResponseTo, checkResponseDestination, checkStatus } from './status-response.ts'

type LoginRule = Rule<ReceivedLogin>

const answersAPendingRequest: LoginRule = {
  rule: 'answersAPendingRequest',
  code: 'SAML_IN_RESPONSE_TO',
  clause: 'saml-core-2.0 §3.2.2',
  ask: ({ response, receiver }) => checkInResponseTo(response.get().inResponseTo, receiver.ids),
}

const tellsSuccess: LoginRule = {
  rule: 'tellsSuccess',
  code: 'SAML_STATUS',
  clause: 'saml-core-2.0 §3.2.2.2',
  ask: ({ response }) => checkStatus(response.get().status),
}

const fromTheIdp: LoginRule = {
  rule: 'fromTheIdp',
  code: 'SAML_ISSUER',
  clause: 'saml-profiles-2.0 §4.1.4.2',
  ask: ({ response, receiver }) =>
    checkIssuer(response.get(), `{${NAMESPACE.protocol}}Response`, receiver.config.idpEntityId),
}

const forThisRealm: LoginRule = {
  rule: 'forThisRealm',
  code: 'SAML_DESTINATION',
  clause: 'saml-core-2.0 §3.2.2',
  ask: (received) => {
    const expected = known(received.receiver.config.acsUrl, 'where the receiver takes logins')
    checkResponseDestination(received.response.get(), expected, received.isSigned())
  },
}

const holdsOneAssertion: LoginRule = {
  rule: 'holdsOneAssertion',
  code: 'SAML_ASSERTION',
  clause: 'es:saml-authenticate',
  ask: (received) => {
    const count = countAssertions(received)
    if (count === 0) throw noAssertion()
    if (count === 1) return
    const reason = `Expecting only 1 assertion, but response contains multiple (${count})`
    throw refuse('SAML_ASSERTION', reason, { expected: 1, actual: count })
  },
}

const assertionOpens: LoginRule = {
  rule: 'assertionOpens',
  code: 'SAML_ENCRYPTED',
  clause: 'saml-core-2.0 §2.3.4',
  expects: 'something that a key of this realm opens',
  ask: (received) => {
    if (countAssertions(received) === 0) throw new Unaskable('there is no Assertion')
    received.found.make()
    const isEncrypted = received.response.get().encryptedAssertionElements.length > 0
    if (!isEncrypted) nothingToAsk(received.receiver, 'nothing in it is encrypted')
  },
}

function countAssertions({ response }: ReceivedLogin): number {
  const { assertionElements, encryptedAssertionElements } = response.get()
  return assertionElements.length + encryptedAssertionElements.length
}

/** It must be unless the Response is (spec §6.2, steps 2 and 9). */
const assertionIsSigned: LoginRule = {
  rule: 'assertionIsSigned',
  code: 'SAML_UNSIGNED',
  clause: 'saml-profiles-2.0 §4.1.4.5',
  ask: (received) => {
    if (received.isAssertionSigned() || received.isSigned()) return
    const id = attributeOf(received.found.get().element, 'ID') ?? ''
    const facts = { expected: 'signed', actual: 'not signed' }
    throw refuse('SAML_UNSIGNED', `Assertion [${id}] is not signed, but a signature is required`, facts)
  },
}

const assertionSignedByTheIdp: LoginRule = {
  rule: 'assertionSignedByTheIdp',
  code: 'SAML_SIGNATURE',
  clause: 'saml-core-2.0 §5.4.2',
  ask: (received) => {
    if (received.isAssertionSigned()) received.coveredAssertion.make()
    else nothingToAsk(received.receiver, 'the Assertion is not signed')
  },
}

const namesAUser: LoginRule = {
  rule: 'namesAUser',
  code: 'SAML_ATTRIBUTES',
  clause: 'es:saml-authenticate',
  ask: ({ assertion, principal }) => {
    assertion.get()
    principal.make()
  },
}

/** In the order of a node (spec §6.2). */
export const responseRules: readonly LoginRule[] = [
  documentIsValid,
  isOfItsKind,
  documentSignedByTheIdp,
  answersAPendingRequest,
  tellsSuccess,
  fromTheIdp,
  forThisRealm,
  holdsOneAssertion,
  assertionOpens,
  assertionIsSigned,
  assertionSignedByTheIdp,
  ...assertionRules,
  namesAUser,
]

/**
 * Judges a Response and answers who logged in (spec §6.2).
 * @throws SamlError with the reason that a node logs; its caller only sees a general 401.
 */
export function acceptResponse(document: Buffer, ids: readonly string[] | null, context: RealmContext): SamlLogin {
  const received = new ReceivedLogin({ carrier: 'document', document }, { ...context, ids })
  stopAtFirst(responseRules, received)
  const { subject, authnStatements } = received.assertion.get()
  return {
    principal: received.principal.get(),
    tokenMetadata: makeTokenMetadata(subject?.nameId, authnStatements[0]?.sessionIndex, context.config.name),
    inResponseTo: trimmed(received.response.get().inResponseTo),
  }
}
