import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { carry, idpEntityId, idpKey, logoutUrl, noon, signed, strangerKey } from '../test-realm.test-support.ts'
import { type BadMessage, cut, inQuery, other, posted, requester } from './bad-message.test-support.ts'

const base = { id: '_answer1', issueInstant: noon, issuer: idpEntityId, destination: logoutUrl }
export const logoutResponse = (changes: Partial<Parameters<typeof writeLogoutResponse>[0]> = {}): string =>
  writeLogoutResponse({ ...base, inResponseTo: '_logout1', status: success, ...changes })
const answer = (changes: Parameters<typeof logoutResponse>[0] = {}) =>
  signed(carry(logoutResponse(changes), 'SAMLResponse'))

export const completeLogout: readonly BadMessage[] = [
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
