import { idp, idpKeys } from '../credentials.test-support.ts'
import { parseAssertion } from '../messages/assertion.ts'
import { type LogoutRequest, parseLogoutRequest, writeLogoutRequest } from '../messages/logout-request.ts'
import { assertion, header } from '../messages/messages.test-support.ts'
import { writeResponse } from '../messages/response.ts'
import { success } from '../messages/status.ts'
import { readMessage } from '../schema/message.ts'
import { childrenOf } from '../xml/element.ts'
import { signEnveloped, verifyEnveloped } from './enveloped-signature.ts'
import { type SignaturePolicy, strictPolicy } from './policy.ts'

const withoutDeclaration = (document: string) => document.replace(/^<\?xml[^>]*>/, '')

export const request = { ...header, nameId: { value: 'alice@idp.test' }, sessionIndexes: ['_s1'] }
export const unsignedRequest = withoutDeclaration(writeLogoutRequest(request))
export const signedRequest = await signEnveloped(unsignedRequest, '_1', idp)

const unsignedResponse = withoutDeclaration(writeResponse({ ...header, status: success, assertions: [assertion] }))
/** A Response whose Assertion is signed. */
export const assertingResponse = await signEnveloped(unsignedResponse, '_a', idp)
/** A Response that is signed as a whole. */
export const signedResponse = await signEnveloped(unsignedResponse, '_1', idp)

export const signatureOf = (document: string): string => /<ds:Signature .*<\/ds:Signature>/s.exec(document)?.[0] ?? ''
export const unsigned = (document: string): string => document.replace(signatureOf(document), '')

/** What a recipient believes of a LogoutRequest that came by POST. */
export function receiveRequest(document: string, policy: SignaturePolicy = strictPolicy): LogoutRequest {
  const root = readMessage(document)
  return parseLogoutRequest(verifyEnveloped({ document, root, element: root }, idpKeys, policy))
}

/** What a recipient believes of the Assertions in a Response, each of which must be signed. */
export function receiveAssertions(document: string) {
  const root = readMessage(document)
  return childrenOf(root, 'saml:Assertion').map((element) =>
    parseAssertion(verifyEnveloped({ document, root, element }, idpKeys, strictPolicy)),
  )
}

/** What a recipient believes of a Response that is signed as a whole. */
export function receiveResponse(document: string) {
  const root = readMessage(document)
  const covered = verifyEnveloped({ document, root, element: root }, idpKeys, strictPolicy)
  return childrenOf(covered, 'saml:Assertion').map((assertion) => parseAssertion(assertion))
}
