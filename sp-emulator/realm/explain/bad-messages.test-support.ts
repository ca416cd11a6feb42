import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { BINDING, STATUS } from '#saml/names'
import type { Presented } from '#saml/rules/presented'
import { signEnveloped } from '#saml/signature/enveloped-signature'
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
  carry,
  idpEntityId,
  idpKey,
  logoutQuery,
  logoutRequest,
  logoutUrl,
  noon,
  signed,
  sloUrl,
  spEntityId,
  strangerKey,
  type testRealm,
} from '../test-realm.test-support.ts'

/** A message that breaks one rule of the tables in spec §3.12, §5 and §6.2, and what is told of it; `actual` of what is absent is null. */
export interface BadMessage {
  readonly row: string
  readonly presented: Presented
  readonly rule: string
  readonly code: string
  readonly expected?: unknown
  readonly actual?: unknown
  readonly config?: Parameters<typeof testRealm>[0]
  readonly idp?: Parameters<typeof testRealm>[1]
}

export const inQuery = (queryString: string): Presented => ({ carrier: 'query', queryString })
export const posted = (document: string | Buffer): Presented => ({
  carrier: 'form',
  fields: { SAMLResponse: Buffer.from(document).toString('base64') },
})

const other = 'https://other.test/'
const past = noon - 180_000
const pastText = '2031-05-04T11:57:00Z'
const noonText = '2031-05-04T12:00:00Z'
const encryptedId =
  '<saml2:EncryptedID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:CipherData><xenc:CipherValue>QQ==</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml2:EncryptedID>'
const encryptedLogout = signed(carry(logoutRequest().replace(/<saml2:NameID.*<\/saml2:NameID>/s, encryptedId)))
const encryptedLogin = loginXml().replace(/<saml2:Assertion.*<\/saml2:Assertion>/s, (_found) =>
  encryptedId.replaceAll('EncryptedID', 'EncryptedAssertion'),
)
const base = { id: '_answer1', issueInstant: noon, issuer: idpEntityId, destination: logoutUrl }
export const logoutResponse = (changes: Partial<Parameters<typeof writeLogoutResponse>[0]> = {}): string =>
  writeLogoutResponse({ ...base, inResponseTo: '_logout1', status: success, ...changes })
const answer = (changes: Parameters<typeof logoutResponse>[0] = {}) =>
  signed(carry(logoutResponse(changes), 'SAMLResponse'))
const cut = (query: string) => query.slice(0, query.indexOf('&SigAlg='))
const withSignature = (query: string, value: string) => query.replace(/&Signature=.*/, `&Signature=${value}`)
const redirect = { binding: BINDING.redirect, location: sloUrl }
const requester = { codes: [STATUS.requester] }

const invalidate: readonly BadMessage[] = [
  {
    row: '2',
    presented: inQuery('SAMLRequest=%zz'),
    rule: 'queryIsWellFormed',
    code: 'SAML_QUERY_MALFORMED',
    actual: '%zz',
  },
  {
    row: '2, twice',
    presented: inQuery('SAMLRequest=a&SAMLRequest=b'),
    rule: 'queryIsWellFormed',
    code: 'SAML_QUERY_AMBIGUOUS',
    expected: 1,
    actual: 2,
  },
  {
    row: '3',
    presented: inQuery('RelayState=a'),
    rule: 'holdsTheMessage',
    code: 'SAML_MESSAGE_MISSING',
    expected: 'SAMLRequest',
    actual: ['RelayState'],
  },
  {
    row: '4',
    presented: inQuery(withSignature(logoutQuery(), '*')),
    rule: 'signatureIsBase64',
    code: 'SAML_BASE64',
    expected: 'base64',
  },
  {
    row: '5',
    presented: inQuery(signed(carry(logoutRequest()), { key: strangerKey })),
    rule: 'signedByTheIdp',
    code: 'SAML_SIGNATURE',
  },
  {
    row: '5, algorithm',
    presented: inQuery(signed(carry(logoutRequest()), { algorithm: 'urn:none' })),
    rule: 'signedByTheIdp',
    code: 'SAML_SIGNATURE',
  },
  {
    row: '6',
    presented: inQuery(signed('SAMLRequest=*')),
    rule: 'messageIsBase64',
    code: 'SAML_BASE64',
    expected: 'base64',
  },
  {
    row: '7',
    presented: inQuery(signed('SAMLRequest=QUJD')),
    rule: 'messageIsDeflated',
    code: 'SAML_DEFLATE',
    expected: 'raw DEFLATE',
  },
  { row: '8', presented: inQuery(signed(carry('<a>'))), rule: 'documentIsValid', code: 'SAML_XML' },
  {
    row: '8, schema',
    presented: inQuery(signed(carry(logoutRequest({ nameId: undefined })))),
    rule: 'documentIsValid',
    code: 'SAML_SCHEMA',
  },
  {
    row: '9',
    presented: inQuery(signed(carry(loginXml()))),
    rule: 'isOfItsKind',
    code: 'SAML_ROOT',
    expected: 'LogoutRequest',
    actual: 'Response',
  },
  {
    row: '10',
    presented: inQuery(cut(logoutQuery())),
    rule: 'isSigned',
    code: 'SAML_UNSIGNED',
    expected: 'signed',
    actual: 'not signed',
  },
  {
    row: '11',
    presented: inQuery(carry(await signEnveloped(logoutRequest(), '_request1', strangerKey))),
    rule: 'documentSignedByTheIdp',
    code: 'SAML_SIGNATURE',
  },
  {
    row: '12',
    presented: inQuery(logoutQuery({ issuer: other })),
    rule: 'fromTheIdp',
    code: 'SAML_ISSUER',
    expected: idpEntityId,
    actual: other,
  },
  {
    row: '12, none',
    presented: inQuery(logoutQuery({ issuer: undefined })),
    rule: 'fromTheIdp',
    code: 'SAML_ISSUER_MISSING',
    expected: idpEntityId,
    actual: null,
  },
  {
    row: '13',
    presented: inQuery(logoutQuery({ destination: other })),
    rule: 'forThisRealm',
    code: 'SAML_DESTINATION',
    expected: logoutUrl,
    actual: other,
  },
  {
    row: '13, none',
    presented: inQuery(logoutQuery({ destination: undefined })),
    rule: 'forThisRealm',
    code: 'SAML_DESTINATION',
    expected: logoutUrl,
    actual: null,
  },
  {
    row: '14',
    presented: inQuery(logoutQuery({ notOnOrAfter: past })),
    rule: 'notExpired',
    code: 'SAML_EXPIRED',
    expected: pastText,
    actual: noonText,
  },
  {
    row: '15, no key',
    presented: inQuery(encryptedLogout),
    rule: 'nameIdOpens',
    code: 'SAML_ENCRYPTED',
    actual: 'none',
  },
  {
    row: '15',
    presented: inQuery(encryptedLogout),
    rule: 'nameIdOpens',
    code: 'SAML_ENCRYPTED',
    actual: null,
    config: { encryption: [idpKey] },
  },
  {
    row: '16',
    presented: inQuery(logoutQuery()),
    rule: 'canBeAnswered',
    code: 'SAML_ENDPOINT_MISSING',
    expected: 1,
    actual: 0,
    idp: { singleLogoutServices: [] },
  },
  {
    row: '17',
    presented: inQuery(logoutQuery()),
    rule: 'canBeAnswered',
    code: 'SAML_ENDPOINT_AMBIGUOUS',
    expected: 1,
    actual: 2,
    idp: { singleLogoutServices: [redirect, { ...redirect, location: other }] },
  },
]

const completeLogout: readonly BadMessage[] = [
  {
    row: 'unsigned query',
    presented: inQuery(cut(answer())),
    rule: 'queryIsSigned',
    code: 'SAML_UNSIGNED',
    expected: 'signed',
  },
  {
    row: 'another key',
    presented: inQuery(signed(carry(logoutResponse(), 'SAMLResponse'), { key: strangerKey })),
    rule: 'signedByTheIdp',
    code: 'SAML_SIGNATURE',
  },
  {
    row: 'unsigned content',
    presented: posted(logoutResponse()),
    rule: 'documentIsSigned',
    code: 'SAML_UNSIGNED',
    expected: 'signed',
  },
  {
    row: '1',
    presented: inQuery(answer({ inResponseTo: '_other' })),
    rule: 'answersAPendingRequest',
    code: 'SAML_IN_RESPONSE_TO',
    expected: ['_login1', '_logout1'],
    actual: '_other',
  },
  {
    row: '2',
    presented: inQuery(answer({ status: requester })),
    rule: 'tellsSuccess',
    code: 'SAML_STATUS',
    expected: STATUS.success,
    actual: [STATUS.requester],
  },
  {
    row: '3',
    presented: inQuery(answer({ issuer: other })),
    rule: 'fromTheIdp',
    code: 'SAML_ISSUER',
    expected: idpEntityId,
    actual: other,
  },
  {
    row: '4',
    presented: inQuery(answer({ destination: other })),
    rule: 'forThisRealm',
    code: 'SAML_DESTINATION',
    expected: logoutUrl,
    actual: other,
  },
  {
    row: '4, by POST',
    presented: posted(await signEnveloped(logoutResponse({ destination: undefined }), '_answer1', idpKey)),
    rule: 'forThisRealm',
    code: 'SAML_DESTINATION',
    expected: logoutUrl,
    actual: null,
  },
]

const two = (await signLogin(loginXml()))
  .toString()
  .replace(
    /(<saml2:Assertion.*<\/saml2:Assertion>)/s,
    (found) => found + found.replaceAll('_assertion1', '_assertion2'),
  )
const unsignedLogin = loginXml()
const statement = { authnInstant: noon, sessionNotOnOrAfter: past }
const subject = { nameId: { value: 'alice' }, confirmations: [] }

const authenticate: readonly BadMessage[] = [
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

export const badMessages = { invalidate, completeLogout, authenticate }
