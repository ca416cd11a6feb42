import { STATUS } from '#saml/names'
import {
  loginXml,
  signedLogin,
  signLogin,
  withAssertion,
  withConfirmation,
  withResponse,
} from '../test-logins.test-support.ts'
import {
  acsUrl,
  idpEntityId,
  idpKey,
  logoutRequest,
  noon,
  spEntityId,
  strangerKey,
} from '../test-realm.test-support.ts'
import {
  type BadMessage,
  encryptedId,
  noonText,
  other,
  past,
  pastText,
  posted,
  requester,
} from './bad-message.test-support.ts'

const encryptedLogin = loginXml().replace(/<saml2:Assertion.*<\/saml2:Assertion>/s, (_found) =>
  encryptedId.replaceAll('EncryptedID', 'EncryptedAssertion'),
)
const two = (await signLogin(loginXml()))
  .toString()
  .replace(
    /(<saml2:Assertion.*<\/saml2:Assertion>)/s,
    (found) => found + found.replaceAll('_assertion1', '_assertion2'),
  )
const unsignedLogin = loginXml()
const statement = { authnInstant: noon, sessionNotOnOrAfter: past }
const subject = { nameId: { value: 'alice' }, confirmations: [] }

export const authenticate: readonly BadMessage[] = [
  { row: '1', presented: posted('<a>'), rule: 'documentIsValid', code: 'SAML_XML' },
  {
    row: '1, root',
    presented: posted(logoutRequest()),
    rule: 'isOfItsKind',
    code: 'SAML_ROOT',
    expected: 'Response',
    actual: 'LogoutRequest',
  },
  {
    row: '2',
    presented: posted(await signLogin(unsignedLogin, { ids: ['_response1'], key: strangerKey })),
    rule: 'documentSignedByTheIdp',
    code: 'SAML_SIGNATURE',
  },
  {
    row: '3',
    presented: posted(await signedLogin(withResponse({ inResponseTo: '_other' }))),
    rule: 'answersAPendingRequest',
    code: 'SAML_IN_RESPONSE_TO',
    expected: ['_login1', '_logout1'],
    actual: '_other',
  },
  {
    row: '4',
    presented: posted(await signedLogin(withResponse({ status: requester }))),
    rule: 'tellsSuccess',
    code: 'SAML_STATUS',
    expected: STATUS.success,
    actual: [STATUS.requester],
  },
  {
    row: '5',
    presented: posted(await signedLogin(withResponse({ issuer: other }))),
    rule: 'fromTheIdp',
    code: 'SAML_ISSUER',
    expected: idpEntityId,
    actual: other,
  },
  {
    row: '6',
    presented: posted(await signedLogin(withResponse({ destination: other }))),
    rule: 'forThisRealm',
    code: 'SAML_DESTINATION',
    expected: acsUrl,
    actual: other,
  },
  { row: '7, more', presented: posted(two), rule: 'holdsOneAssertion', code: 'SAML_ASSERTION', expected: 1, actual: 2 },
  {
    row: '7, none',
    presented: posted(loginXml(withResponse({ assertions: [] }))),
    rule: 'holdsOneAssertion',
    code: 'SAML_ASSERTION',
    expected: 1,
    actual: 0,
  },
  {
    row: '8, no key',
    presented: posted(encryptedLogin),
    rule: 'assertionOpens',
    code: 'SAML_ENCRYPTED',
    actual: 'none',
  },
  {
    row: '8',
    presented: posted(encryptedLogin),
    rule: 'assertionOpens',
    code: 'SAML_ENCRYPTED',
    actual: null,
    config: { encryption: [idpKey] },
  },
  {
    row: '9, unsigned',
    presented: posted(unsignedLogin),
    rule: 'assertionIsSigned',
    code: 'SAML_UNSIGNED',
    expected: 'signed',
  },
  {
    row: '9',
    presented: posted(await signLogin(unsignedLogin, { key: strangerKey })),
    rule: 'assertionSignedByTheIdp',
    code: 'SAML_SIGNATURE',
  },
  {
    row: '10, audience',
    presented: posted(await signedLogin(withAssertion({ conditions: { audienceRestrictions: [[other]] } }))),
    rule: 'forThisAudience',
    code: 'SAML_AUDIENCE',
    expected: spEntityId,
    actual: [other],
  },
  {
    row: '10, early',
    presented: posted(
      await signedLogin(withAssertion({ conditions: { notBefore: noon + 180_001, audienceRestrictions: [] } })),
    ),
    rule: 'assertionHasBegun',
    code: 'SAML_NOT_YET_VALID',
    actual: noonText,
  },
  {
    row: '10, late',
    presented: posted(
      await signedLogin(withAssertion({ conditions: { notOnOrAfter: past, audienceRestrictions: [] } })),
    ),
    rule: 'assertionNotExpired',
    code: 'SAML_EXPIRED',
    expected: pastText,
    actual: noonText,
  },
  {
    row: '11',
    presented: posted(await signedLogin(withAssertion({ issuer: other }))),
    rule: 'assertionFromTheIdp',
    code: 'SAML_ISSUER',
    expected: idpEntityId,
    actual: other,
  },
  {
    row: '12, Subject',
    presented: posted(await signedLogin(withAssertion({ subject: undefined }))),
    rule: 'hasASubject',
    code: 'SAML_SUBJECT',
    expected: 1,
    actual: 0,
  },
  {
    row: '12, bearer',
    presented: posted(await signedLogin(withAssertion({ subject }))),
    rule: 'confirmsOneBearer',
    code: 'SAML_SUBJECT',
    expected: 1,
    actual: 0,
  },
  {
    row: '12, Recipient',
    presented: posted(await signedLogin(withConfirmation({ recipient: other }))),
    rule: 'forThisAcs',
    code: 'SAML_RECIPIENT',
    expected: acsUrl,
    actual: other,
  },
  {
    row: '12, late',
    presented: posted(await signedLogin(withConfirmation({ notOnOrAfter: past }))),
    rule: 'bearerNotExpired',
    code: 'SAML_EXPIRED',
    expected: pastText,
    actual: noonText,
  },
  {
    row: '12, InResponseTo',
    presented: posted(await signedLogin(withConfirmation({ inResponseTo: '_other' }))),
    rule: 'bearerAnswersAPendingRequest',
    code: 'SAML_IN_RESPONSE_TO',
    actual: '_other',
  },
  {
    row: '13, none',
    presented: posted(await signedLogin(withAssertion({ authnStatements: [] }))),
    rule: 'tellsOneAuthentication',
    code: 'SAML_AUTHN_STATEMENT',
    expected: 1,
    actual: 0,
  },
  {
    row: '13, late',
    presented: posted(await signedLogin(withAssertion({ authnStatements: [statement] }))),
    rule: 'sessionNotExpired',
    code: 'SAML_EXPIRED',
    expected: pastText,
    actual: noonText,
  },
  {
    row: '13, class',
    presented: posted(await signedLogin()),
    rule: 'authenticatedAsRequested',
    code: 'SAML_AUTHN_STATEMENT',
    expected: ['urn:mfa'],
    config: { requestedAuthnContext: ['urn:mfa'] },
  },
  {
    row: '15',
    presented: posted(await signedLogin()),
    rule: 'namesAUser',
    code: 'SAML_ATTRIBUTES',
    expected: 'urn:uid',
    config: { attributes: { principal: 'urn:uid' } },
  },
]
