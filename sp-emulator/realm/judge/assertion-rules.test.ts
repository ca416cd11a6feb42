import { expect, test } from 'vitest'
import { AUTHN_CONTEXT, CONFIRMATION_METHOD } from '#saml/names'
import { refusal } from '#saml/refusals.test-support'
import { type Change, signedLogin, withAssertion, withConfirmation } from '../test-logins.test-support.ts'
import { acsUrl, noon, spEntityId, testRealm } from '../test-realm.test-support.ts'

const login = async (changes: readonly Change[], { config = {}, at = noon } = {}) => {
  const { realm, clock } = testRealm(config)
  clock.set(at)
  return realm.authenticate(await signedLogin(...changes), ['_login1'])
}
const nameId = { value: 'alice' }
const bearer = { method: CONFIRMATION_METHOD.bearer, data: { recipient: acsUrl } }
const statement = { authnInstant: noon, classRef: AUTHN_CONTEXT.password }
const conditions = (...audienceRestrictions: readonly (readonly string[])[]) =>
  withAssertion({ conditions: { audienceRestrictions } })

test.each([
  [
    'case 55: a recipient that differs by a suffix',
    withConfirmation({ recipient: `${acsUrl}/x` }),
    'SAML_RECIPIENT',
    `SAML Assertion SubjectConfirmationData Recipient [${acsUrl}/x] does not match expected value [${acsUrl}]`,
  ],
  [
    'no recipient',
    withConfirmation({ recipient: undefined }),
    'SAML_RECIPIENT',
    `SAML Assertion SubjectConfirmationData Recipient [null] does not match expected value [${acsUrl}]`,
  ],
  [
    'case 56: no Subject',
    withAssertion({ subject: undefined }),
    'SAML_SUBJECT',
    'SAML Assertion [_assertion1] has no Subject',
  ],
  [
    'case 57: no AuthnStatement',
    withAssertion({ authnStatements: [] }),
    'SAML_AUTHN_STATEMENT',
    'SAML Assertion [_assertion1] subject contains [0] Authn Statements while exactly one was expected.',
  ],
  [
    'two AuthnStatements',
    withAssertion({ authnStatements: [statement, statement] }),
    'SAML_AUTHN_STATEMENT',
    'SAML Assertion [_assertion1] subject contains [2] Authn Statements while exactly one was expected.',
  ],
  [
    'case 60: no SubjectConfirmation',
    withAssertion({ subject: { nameId, confirmations: [] } }),
    'SAML_SUBJECT',
    'SAML Assertion subject contains [0] bearer SubjectConfirmation, while exactly one was expected.',
  ],
  [
    'case 61: no SubjectConfirmationData',
    withAssertion({ subject: { nameId, confirmations: [{ method: CONFIRMATION_METHOD.bearer }] } }),
    'SAML_SUBJECT',
    'SAML Assertion subject contains [0] bearer SubjectConfirmation, while exactly one was expected.',
  ],
  [
    'case 62: another method',
    withAssertion({ subject: { nameId, confirmations: [{ ...bearer, method: CONFIRMATION_METHOD.holderOfKey }] } }),
    'SAML_SUBJECT',
    'SAML Assertion subject contains [0] bearer SubjectConfirmation, while exactly one was expected.',
  ],
  [
    'two bearers',
    withAssertion({ subject: { nameId, confirmations: [bearer, bearer] } }),
    'SAML_SUBJECT',
    'SAML Assertion subject contains [2] bearer SubjectConfirmation, while exactly one was expected.',
  ],
  [
    'case 63: a confirmation that answers something else',
    withConfirmation({ inResponseTo: '_other' }),
    'SAML_IN_RESPONSE_TO',
    'SAML content is in-response-to [_other] but expected one of [_login1] ',
  ],
  [
    'case 71: another audience',
    conditions(['https://other.test/']),
    'SAML_AUDIENCE',
    'Conditions [https://other.test/] do not match required audience [https://sp.test/]',
  ],
  [
    'a second restriction without us',
    conditions([spEntityId], ['https://a.test/', 'https://b.test/']),
    'SAML_AUDIENCE',
    'Conditions [https://a.test/,https://b.test/] do not match required audience [https://sp.test/]',
  ],
] as const)('an Assertion is refused: %s', async (_rule, change, code, message) => {
  await expect(login([change])).rejects.toThrow(refusal(code, message))
})

test.each([
  ['no Conditions at all', withAssertion({ conditions: undefined })],
  ['no restriction of the audience', conditions()],
  ['us among others in each restriction', conditions(['https://a.test/', spEntityId], [`\n ${spEntityId}\n`])],
  ['a confirmation without an instant', withConfirmation({ notOnOrAfter: undefined })],
  ['a confirmation that answers nothing', withConfirmation({ inResponseTo: undefined })],
  [
    'another method beside the bearer',
    withAssertion({
      subject: { nameId, confirmations: [bearer, { ...bearer, method: CONFIRMATION_METHOD.holderOfKey }] },
    }),
  ],
  ['an old IssueInstant', withAssertion({ issueInstant: 0 })],
])('an Assertion is accepted with %s', async (_case, change) => {
  expect((await login([change])).principal.username).toBe('alice')
})

const limit = noon + 60_000
const whileValid = { conditions: { audienceRestrictions: [] } }
const limits = [
  [
    'case 58: SessionNotOnOrAfter',
    [withAssertion({ ...whileValid, authnStatements: [{ ...statement, sessionNotOnOrAfter: limit }] })],
  ],
  ['case 64: NotOnOrAfter of the confirmation', [withConfirmation({ notOnOrAfter: limit }), withAssertion(whileValid)]],
  [
    'case 70: NotOnOrAfter of the Conditions',
    [withAssertion({ conditions: { notOnOrAfter: limit, audienceRestrictions: [] } })],
  ],
] as const satisfies [string, readonly Change[]][]

const patient = { config: { clockSkewMs: 60_000 } }

test.each(limits)('%s has not passed one millisecond before its end and the skew', async (_rule, changes) => {
  for (const at of [limit - 30_000, limit + 30_000, limit + 59_999]) {
    expect((await login(changes, { ...patient, at })).principal.username).toBe('alice')
  }
})

test.each(limits)('%s has passed at its end and the skew', async (_rule, changes) => {
  await expect(login(changes, { ...patient, at: limit + 60_000 })).rejects.toThrow(
    refusal(
      'SAML_EXPIRED',
      'Rejecting SAML assertion because [2031-05-04T12:01:00Z] is on/after [2031-05-04T12:01:00Z]',
    ),
  )
})

const notBefore = withAssertion({ conditions: { notBefore: limit, audienceRestrictions: [] } })

test('NotBefore is reached when the present and the skew reach it', async () => {
  expect((await login([notBefore], { ...patient, at: limit - 60_000 })).principal.username).toBe('alice')
})

test('NotBefore is not reached one millisecond earlier', async () => {
  await expect(login([notBefore], { ...patient, at: limit - 60_001 })).rejects.toThrow(
    refusal(
      'SAML_NOT_YET_VALID',
      'Rejecting SAML assertion because [2031-05-04T12:00:59.999Z] is before [2031-05-04T12:01:00Z]',
    ),
  )
})

test('case 59: an authentication of another class than asked for is refused', async () => {
  const config = { requestedAuthnContext: ['urn:a', 'urn:b'] }
  const reason =
    'Rejecting SAML assertion as the AuthnContextClassRef [urn:oasis:names:tc:SAML:2.0:ac:classes:Password] is not one of the ({urn:a, urn:b}) that were requested in the corresponding AuthnRequest'
  await expect(login([], { config })).rejects.toThrow(refusal('SAML_AUTHN_STATEMENT', reason))
})

test('an authentication of one of the classes asked for is accepted', async () => {
  const config = { requestedAuthnContext: ['urn:a', AUTHN_CONTEXT.password] }
  expect((await login([], { config })).principal.username).toBe('alice')
})
