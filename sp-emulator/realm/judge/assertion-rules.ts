import type { Assertion, SubjectConfirmation, SubjectConfirmationData } from '#saml/messages/assertion'
import { CONFIRMATION_METHOD, NAMESPACE } from '#saml/names'
import type { Rule } from '#saml/rules/rule'
import { Unaskable } from '#saml/rules/unaskable'
import { refuse } from '../refusals.ts'
import { checkIssuer, checkNotBefore, checkNotOnOrAfter, trimmed } from './message.ts'
import type { ReceivedLogin } from './received-login.ts'
import { known } from './receiver.ts'
import { checkInResponseTo } from './status-response.ts'

type AssertionRule = Rule<ReceivedLogin>

const bearerClause = 'saml-profiles-2.0 §4.1.4.2'
const statementClause = 'saml-core-2.0 §2.7.2'

const forThisAudience: AssertionRule = {
  rule: 'forThisAudience',
  code: 'SAML_AUDIENCE',
  clause: 'saml-core-2.0 §2.5.1.4',
  ask: ({ assertion, receiver }) => {
    const restrictions = assertion.get().conditions?.audienceRestrictions ?? []
    if (restrictions.length === 0) return
    const expected = known(receiver.config.spEntityId, 'who the receiver is')
    for (const audiences of restrictions) {
      if (audiences.some((audience) => trimmed(audience) === expected)) continue
      const reason = `Conditions [${audiences.join(',')}] do not match required audience [${expected}]`
      throw refuse('SAML_AUDIENCE', reason, { expected, actual: audiences })
    }
  },
}

const assertionHasBegun: AssertionRule = {
  rule: 'assertionHasBegun',
  code: 'SAML_NOT_YET_VALID',
  clause: 'saml-core-2.0 §2.5.1.2',
  ask: ({ assertion, receiver: { config, clock } }) =>
    checkNotBefore(assertion.get().conditions?.notBefore, clock.now(), config.clockSkewMs),
}

const assertionNotExpired: AssertionRule = {
  rule: 'assertionNotExpired',
  code: 'SAML_EXPIRED',
  clause: 'saml-core-2.0 §2.5.1.2',
  ask: ({ assertion, receiver: { config, clock } }) =>
    checkNotOnOrAfter(assertion.get().conditions?.notOnOrAfter, clock.now(), config.clockSkewMs),
}

const assertionFromTheIdp: AssertionRule = {
  rule: 'assertionFromTheIdp',
  code: 'SAML_ISSUER',
  clause: bearerClause,
  ask: ({ assertion, receiver }) =>
    checkIssuer(assertion.get(), `{${NAMESPACE.assertion}}Assertion`, receiver.config.idpEntityId),
}

const hasASubject: AssertionRule = {
  rule: 'hasASubject',
  code: 'SAML_SUBJECT',
  clause: bearerClause,
  ask: ({ assertion }) => {
    const { id, subject } = assertion.get()
    if (subject === undefined)
      throw refuse('SAML_SUBJECT', `SAML Assertion [${id}] has no Subject`, { expected: 1, actual: 0 })
  },
}

const confirmsOneBearer: AssertionRule = {
  rule: 'confirmsOneBearer',
  code: 'SAML_SUBJECT',
  clause: bearerClause,
  ask: (received) => {
    const { subject } = received.assertion.get()
    if (subject === undefined) throw new Unaskable('there is no Subject')
    const { length } = bearersIn(subject.confirmations)
    if (length === 1) return
    const reason = `SAML Assertion subject contains [${length}] bearer SubjectConfirmation, while exactly one was expected.`
    throw refuse('SAML_SUBJECT', reason, { expected: 1, actual: length })
  },
}

const forThisAcs: AssertionRule = {
  rule: 'forThisAcs',
  code: 'SAML_RECIPIENT',
  clause: bearerClause,
  ask: (received) => {
    const { recipient } = bearerOf(received)
    const expected = known(received.receiver.config.acsUrl, 'where the receiver takes logins')
    if (recipient === expected) return
    const reason = `SAML Assertion SubjectConfirmationData Recipient [${recipient ?? 'null'}] does not match expected value [${expected}]`
    throw refuse('SAML_RECIPIENT', reason, { expected, actual: recipient })
  },
}

const bearerNotExpired: AssertionRule = {
  rule: 'bearerNotExpired',
  code: 'SAML_EXPIRED',
  clause: bearerClause,
  ask: (received) => {
    const { config, clock } = received.receiver
    checkNotOnOrAfter(bearerOf(received).notOnOrAfter, clock.now(), config.clockSkewMs)
  },
}

const bearerAnswersAPendingRequest: AssertionRule = {
  rule: 'bearerAnswersAPendingRequest',
  code: 'SAML_IN_RESPONSE_TO',
  clause: bearerClause,
  ask: (received) => checkInResponseTo(bearerOf(received).inResponseTo, received.receiver.ids),
}

const tellsOneAuthentication: AssertionRule = {
  rule: 'tellsOneAuthentication',
  code: 'SAML_AUTHN_STATEMENT',
  clause: bearerClause,
  ask: ({ assertion }) => {
    const { id, authnStatements } = assertion.get()
    if (authnStatements.length === 1) return
    throw refuse(
      'SAML_AUTHN_STATEMENT',
      `SAML Assertion [${id}] subject contains [${authnStatements.length}] Authn Statements while exactly one was expected.`,
      { expected: 1, actual: authnStatements.length },
    )
  },
}

const sessionNotExpired: AssertionRule = {
  rule: 'sessionNotExpired',
  code: 'SAML_EXPIRED',
  clause: statementClause,
  ask: ({ assertion, receiver: { config, clock } }) =>
    checkNotOnOrAfter(statementOf(assertion.get()).sessionNotOnOrAfter, clock.now(), config.clockSkewMs),
}

const authenticatedAsRequested: AssertionRule = {
  rule: 'authenticatedAsRequested',
  code: 'SAML_AUTHN_STATEMENT',
  clause: 'saml-core-2.0 §3.3.2.2.1',
  ask: ({ assertion, receiver }) => {
    const expected = receiver.config.requestedAuthnContext
    const actual = trimmed(statementOf(assertion.get()).classRef)
    if (expected.length === 0 || (actual !== undefined && expected.includes(actual))) return
    throw refuse(
      'SAML_AUTHN_STATEMENT',
      `Rejecting SAML assertion as the AuthnContextClassRef [${actual ?? 'null'}] is not one of the ({${expected.join(', ')}}) that were requested in the corresponding AuthnRequest`,
      { expected, actual },
    )
  },
}

/** What an Assertion has to say, in the order of a node (spec §6.2, steps 10 to 13). */
export const assertionRules: readonly AssertionRule[] = [
  forThisAudience,
  assertionHasBegun,
  assertionNotExpired,
  assertionFromTheIdp,
  hasASubject,
  confirmsOneBearer,
  forThisAcs,
  bearerNotExpired,
  bearerAnswersAPendingRequest,
  tellsOneAuthentication,
  sessionNotExpired,
  authenticatedAsRequested,
]

type Bearer = SubjectConfirmation & { readonly data: SubjectConfirmationData }

const bearersIn = (confirmations: readonly SubjectConfirmation[]): readonly Bearer[] =>
  confirmations.filter((each): each is Bearer => each.method === CONFIRMATION_METHOD.bearer && each.data !== undefined)

/** The one, or the first of several. */
export function bearerOf({ assertion }: ReceivedLogin): SubjectConfirmationData {
  const [bearer] = bearersIn(assertion.get().subject?.confirmations ?? [])
  if (bearer === undefined) throw new Unaskable('there is no bearer')
  return bearer.data
}

/** The one, or the first of several. */
export function statementOf({ authnStatements: [statement] }: Assertion) {
  if (statement === undefined) throw new Unaskable('there is no AuthnStatement')
  return statement
}
