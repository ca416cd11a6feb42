import { buildPostForm } from '#saml/bindings/post'
import { buildRedirectUrl, readRedirect } from '#saml/bindings/redirect'
import { type Credential, generateCredential } from '#saml/credentials'
import { type AuthnRequest, writeAuthnRequest } from '#saml/messages/authn-request'
import { type LogoutRequest, parseLogoutRequest, writeLogoutRequest } from '#saml/messages/logout-request'
import { type LogoutResponse, parseLogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { signEnveloped, verifyEnveloped } from '#saml/signature/enveloped-signature'
import { strictPolicy } from '#saml/signature/policy'
import { verifyQuerySignature } from '#saml/signature/query-signature'
import { type TrustedKey, trustCertificate } from '#saml/signature/trusted-key'
import { newId } from '#server/ids'

export const noon = Date.UTC(2031, 4, 4, 12)
export const idpOrigin = 'http://idp.localhost:7070'

/** A service provider that a test holds in its hand: it writes what the test wants and reads what comes. */
export interface TestSp {
  readonly name: string
  readonly entityId: string
  readonly acsUrl: string
  readonly sloUrl: string
  readonly credential: Credential
  readonly metadata: SpMetadata
  authnRequest(given?: Partial<AuthnRequest>): AuthnRequest
  logoutRequest(given: Partial<LogoutRequest>): LogoutRequest
  /** The address that carries the message; signed by this service provider unless told otherwise. */
  redirect(message: AuthnRequest | LogoutRequest | LogoutResponse, how?: RedirectOptions): Promise<string>
  /** The form that carries the message, signed in itself by this service provider unless told otherwise. */
  form(message: AuthnRequest | LogoutRequest | LogoutResponse, how?: FormOptions): Promise<FormFields>
  /** What a LogoutRequest that came to it is answered. */
  answerTo(request: LogoutRequest, given?: Partial<LogoutResponse>): LogoutResponse
  /** Answers a LogoutRequest that came to it. */
  answer(request: LogoutRequest, given?: Partial<LogoutResponse>, how?: RedirectOptions): Promise<string>
}

export interface RedirectOptions {
  readonly relayState?: string
  readonly signWith?: Credential | 'nobody'
  readonly escapeWith?: (value: string) => string
}

export type FormOptions = Pick<RedirectOptions, 'relayState' | 'signWith'>
export type FormFields = Record<string, string>

export async function makeSp(name: string, given: Partial<SpMetadata> = {}): Promise<TestSp> {
  const credential = await generateCredential(name, noon)
  const entityId = `https://${name}.test`
  const [acsUrl, sloUrl] = [`${entityId}/acs`, `${entityId}/slo`]
  const metadata: SpMetadata = {
    entityId,
    keyDescriptors: [{ use: 'signing', key: trustCertificate(credential.certificate) }],
    singleLogoutServices: [{ binding: BINDING.redirect, location: sloUrl }],
    nameIdFormats: [],
    assertionConsumerServices: [{ binding: BINDING.post, location: acsUrl, index: 0, isDefault: true }],
    authnRequestsSigned: false,
    wantAssertionsSigned: false,
    ...given,
  }
  const header = () => ({ id: newId(), issueInstant: noon, issuer: entityId })
  const redirect = (message: AuthnRequest | LogoutRequest | LogoutResponse, how: RedirectOptions = {}) => {
    const { relayState, signWith = credential, escapeWith } = how
    return buildRedirectUrl({
      destination: message.destination ?? `${idpOrigin}/slo`,
      ...written(message),
      relayState,
      signWith: signWith === 'nobody' ? undefined : signWith,
      ...(escapeWith === undefined ? {} : { escapeWith }),
    })
  }
  const form = async (message: AuthnRequest | LogoutRequest | LogoutResponse, how: FormOptions = {}) => {
    const { relayState, signWith = credential } = how
    const { kind, document: unsigned } = written(message)
    const document = signWith === 'nobody' ? unsigned : await signEnveloped(unsigned, message.id, signWith)
    const { fields } = buildPostForm({ destination: '', kind, document, relayState })
    return Object.fromEntries(fields.map(({ name: field, value }) => [field, value]))
  }
  const answerTo = (request: LogoutRequest, more: Partial<LogoutResponse> = {}): LogoutResponse => {
    const addressed = { ...header(), destination: `${idpOrigin}/slo`, inResponseTo: request.id, status: success }
    return { ...addressed, ...more }
  }
  return {
    ...{ name, entityId, acsUrl, sloUrl, credential, metadata, redirect, form, answerTo },
    authnRequest: (more) => ({ ...header(), destination: `${idpOrigin}/sso`, ...more }),
    logoutRequest: (more) => ({ ...header(), destination: `${idpOrigin}/slo`, sessionIndexes: [], ...more }),
    answer: (request, more, how) => redirect(answerTo(request, more), how),
  }
}

function written(message: AuthnRequest | LogoutRequest | LogoutResponse) {
  if ('status' in message) return { kind: 'SAMLResponse', document: writeLogoutResponse(message) } as const
  const document = 'sessionIndexes' in message ? writeLogoutRequest(message) : writeAuthnRequest(message)
  return { kind: 'SAMLRequest', document } as const
}

/** Reads a logout message that the IdP sent by redirect, after its signature has verified. */
export function readSent(url: string, key: TrustedKey) {
  const message = readRedirect(url.slice(url.indexOf('?') + 1))
  if (message.signature.kind === 'unsigned') throw new Error('the IdP sent an unsigned message')
  verifyQuerySignature(message.signature, [key], strictPolicy)
  return {
    kind: message.kind,
    relayState: message.relayState,
    root: readMessage(message.document),
    address: url.split('?')[0],
  }
}

/** Reads a logout message that the IdP sent in a form, after its own signature has verified; only what that covers. */
export function readSentForm({ action, fields }: { action: string; fields: FormFields }, key: TrustedKey) {
  const kind = fields['SAMLRequest'] === undefined ? 'SAMLResponse' : 'SAMLRequest'
  const document = Buffer.from(fields[kind] ?? '', 'base64').toString()
  const read = readMessage(document)
  const root = verifyEnveloped({ document, root: read, element: read }, [key], strictPolicy)
  return { kind, relayState: fields['RelayState'], root, address: action, document }
}

export const readSentRequest = (url: string, key: TrustedKey) => parseLogoutRequest(readSent(url, key).root)
export const readSentResponse = (url: string, key: TrustedKey) => parseLogoutResponse(readSent(url, key).root)
