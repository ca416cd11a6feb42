import type { Credential } from '#saml/credentials'
import type { Assertion, SubjectConfirmationData } from '#saml/messages/assertion'
import { type ResponseEnvelope, writeResponse } from '#saml/messages/response'
import { success } from '#saml/messages/status'
import { AUTHN_CONTEXT, CONFIRMATION_METHOD, NAME_ID_FORMAT } from '#saml/names'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { acsUrl, idpEntityId, idpKey, noon, spEntityId } from './test-realm.test-support.ts'

/** A good Response as a value, small pure changes to it, and the signing of what came out. */

type Login = ResponseEnvelope & { readonly assertions: readonly Assertion[] }
export type Change = (login: Login) => Login

const confirmation: SubjectConfirmationData = {
  recipient: acsUrl,
  inResponseTo: '_login1',
  notOnOrAfter: noon + 300_000,
}

const baseAssertion: Assertion = {
  id: '_assertion1',
  issueInstant: noon,
  issuer: idpEntityId,
  subject: {
    nameId: { value: 'alice', format: NAME_ID_FORMAT.transient },
    confirmations: [{ method: CONFIRMATION_METHOD.bearer, data: confirmation }],
  },
  conditions: { notBefore: noon, notOnOrAfter: noon + 300_000, audienceRestrictions: [[spEntityId]] },
  authnStatements: [{ authnInstant: noon, sessionIndex: '_session1', classRef: AUTHN_CONTEXT.password }],
  attributes: [],
}

export const baseLogin: Login = {
  id: '_response1',
  issueInstant: noon,
  issuer: idpEntityId,
  destination: acsUrl,
  inResponseTo: '_login1',
  status: success,
  assertions: [baseAssertion],
}

export const withResponse =
  (changes: Partial<Login>): Change =>
  (login) => ({ ...login, ...changes })

export const withAssertion =
  (changes: Partial<Assertion>): Change =>
  (login) => ({ ...login, assertions: login.assertions.map((assertion) => ({ ...assertion, ...changes })) })

export const withConfirmation = (changes: Partial<SubjectConfirmationData>): Change =>
  withAssertion({
    subject: {
      nameId: { value: 'alice', format: NAME_ID_FORMAT.transient },
      confirmations: [{ method: CONFIRMATION_METHOD.bearer, data: { ...confirmation, ...changes } }],
    },
  })

export interface LoginSigning {
  readonly key?: Credential
  /** The ids of what is signed, in this order. */
  readonly ids?: readonly string[]
}

/** The XML of the base login after these changes, unsigned. */
export function loginXml(...changes: readonly Change[]): string {
  return writeResponse(changes.reduce((login, change) => change(login), baseLogin))
}

/** Signs the elements with these ids, the Assertion unless told otherwise. */
export async function signLogin(
  xml: string,
  { key = idpKey, ids = ['_assertion1'] }: LoginSigning = {},
): Promise<Buffer> {
  let signed = xml
  for (const id of ids) signed = await signEnveloped(signed, id, key)
  return Buffer.from(signed)
}

/** The base login after these changes, its Assertion signed by the IdP. */
export const signedLogin = (...changes: readonly Change[]): Promise<Buffer> => signLogin(loginXml(...changes))
