import { buildRedirectUrl, readRedirect } from '#saml/bindings/redirect'
import { type Credential, generateCredential } from '#saml/credentials'
import { type AuthnRequest, writeAuthnRequest } from '#saml/messages/authn-request'
import { type LogoutRequest, parseLogoutRequest, writeLogoutRequest } from '#saml/messages/logout-request'
import { type LogoutResponse, parseLogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import { readMessage } from '#saml/schema/message'
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
  /** Answers a LogoutRequest that came to it. */
  answer(request: LogoutRequest, given?: Partial<LogoutResponse>, how?: RedirectOptions): Promise<string>
}

export interface RedirectOptions {
  readonly relayState?: string
  readonly signWith?: Credential | 'nobody'
  readonly escapeWith?: (value: string) => string
}

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
  return {
    ...{ name, entityId, acsUrl, sloUrl, credential, metadata, redirect },
    authnRequest: (more) => ({ ...header(), destination: `${idpOrigin}/sso`, ...more }),
    logoutRequest: (more) => ({ ...header(), destination: `${idpOrigin}/slo`, sessionIndexes: [], ...more }),
    answer: (request, more, how) => {
      const addressed = { ...header(), destination: `${idpOrigin}/slo`, inResponseTo: request.id, status: success }
      return redirect({ ...addressed, ...more }, how)
    },
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

export const readSentRequest = (url: string, key: TrustedKey) => parseLogoutRequest(readSent(url, key).root)
export const readSentResponse = (url: string, key: TrustedKey) => parseLogoutResponse(readSent(url, key).root)
