import type { Assertion, SubjectConfirmationData } from '#saml/messages/assertion'
import { CONFIRMATION_METHOD, NAMESPACE } from '#saml/names'
import type { RealmContext } from '../realm-config.ts'
import { refuse } from '../refusals.ts'
import { checkIssuer, checkNotBefore, checkNotOnOrAfter, trimmed } from './message.ts'
import { checkInResponseTo } from './status-response.ts'

export interface AssertionContext extends RealmContext {
  readonly ids: readonly string[] | null
}

type Rule = (assertion: Assertion, context: AssertionContext) => void

/** In the order of a node (spec §6.2, steps 10 to 13). */
const rules: readonly Rule[] = [
  forThisAudience,
  withinItsConditions,
  fromTheIdp,
  confirmsItsBearer,
  tellsOneAuthentication,
]

/** @throws SamlError for the first rule that the Assertion breaks. */
export function checkAssertion(assertion: Assertion, context: AssertionContext): void {
  for (const rule of rules) rule(assertion, context)
}

function forThisAudience({ conditions }: Assertion, { config }: AssertionContext): void {
  for (const audiences of conditions?.audienceRestrictions ?? []) {
    if (audiences.some((audience) => trimmed(audience) === config.spEntityId)) continue
    throw refuse(
      'SAML_AUDIENCE',
      `Conditions [${audiences.join(',')}] do not match required audience [${config.spEntityId}]`,
      { expected: config.spEntityId, actual: audiences },
    )
  }
}

function withinItsConditions({ conditions }: Assertion, { config, clock }: AssertionContext): void {
  checkNotBefore(conditions?.notBefore, clock.now(), config.clockSkewMs)
  checkNotOnOrAfter(conditions?.notOnOrAfter, clock.now(), config.clockSkewMs)
}

function fromTheIdp(assertion: Assertion, { config }: AssertionContext): void {
  checkIssuer(assertion, `{${NAMESPACE.assertion}}Assertion`, config.idpEntityId)
}

function confirmsItsBearer({ id, subject }: Assertion, context: AssertionContext): void {
  if (subject === undefined) throw refuse('SAML_SUBJECT', `SAML Assertion [${id}] has no Subject`)
  const bearers = subject.confirmations.filter(
    ({ method, data }) => method === CONFIRMATION_METHOD.bearer && data !== undefined,
  )
  const [bearer] = bearers
  if (bearer?.data === undefined || bearers.length !== 1) {
    throw refuse(
      'SAML_SUBJECT',
      `SAML Assertion subject contains [${bearers.length}] bearer SubjectConfirmation, while exactly one was expected.`,
      { expected: 1, actual: bearers.length },
    )
  }
  checkConfirmation(bearer.data, context)
}

function checkConfirmation(data: SubjectConfirmationData, { config, clock, ids }: AssertionContext): void {
  if (data.recipient !== config.acsUrl) {
    throw refuse(
      'SAML_RECIPIENT',
      `SAML Assertion SubjectConfirmationData Recipient [${data.recipient ?? 'null'}] does not match expected value [${config.acsUrl}]`,
      { expected: config.acsUrl, actual: data.recipient },
    )
  }
  checkNotOnOrAfter(data.notOnOrAfter, clock.now(), config.clockSkewMs)
  checkInResponseTo(data.inResponseTo, ids)
}

function tellsOneAuthentication({ id, authnStatements }: Assertion, { config, clock }: AssertionContext): void {
  const [statement] = authnStatements
  if (statement === undefined || authnStatements.length !== 1) {
    throw refuse(
      'SAML_AUTHN_STATEMENT',
      `SAML Assertion [${id}] subject contains [${authnStatements.length}] Authn Statements while exactly one was expected.`,
      { expected: 1, actual: authnStatements.length },
    )
  }
  checkNotOnOrAfter(statement.sessionNotOnOrAfter, clock.now(), config.clockSkewMs)
  const requested = config.requestedAuthnContext
  const classRef = trimmed(statement.classRef)
  if (requested.length === 0 || (classRef !== undefined && requested.includes(classRef))) return
  throw refuse(
    'SAML_AUTHN_STATEMENT',
    `Rejecting SAML assertion as the AuthnContextClassRef [${classRef ?? 'null'}] is not one of the ({${requested.join(', ')}}) that were requested in the corresponding AuthnRequest`,
    { expected: requested, actual: classRef },
  )
}
