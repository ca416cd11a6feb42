import { buildRedirectUrl } from '#saml/bindings/redirect'
import { type Credential, generateCredential } from '#saml/credentials'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { writeResponse } from '#saml/messages/response'
import { success } from '#saml/messages/status'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { AUTHN_CONTEXT, BINDING, CONFIRMATION_METHOD, NAME_ID_FORMAT } from '#saml/names'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { trustCertificate } from '#saml/signature/trusted-key'
import { newId } from '#server/ids'

export const idpUrl = 'https://idp.test'
export const spUrl = 'https://sp.test'
export const acsUrl = `${spUrl}/acs`
export const logoutUrl = `${spUrl}/logout`
export const sloUrl = `${idpUrl}/slo`
const sessionIndex = '_session'
export const nameId = { value: '_somebody', format: NAME_ID_FORMAT.transient }

/** Two keys, and the messages that an IdP with the first one sends: the same for every contender. */
export interface Parties {
  readonly idp: Credential
  readonly sp: Credential
  readonly idpMetadata: string
  /** The raw query of a signed LogoutRequest. */
  readonly logoutQuery: string
  /** Base64 of a Response with a signed Assertion. */
  readonly response: string
}

export async function makeParties(now: number): Promise<Parties> {
  const [idp, sp] = await Promise.all([generateCredential('idp', now), generateCredential('sp', now)])
  const [logoutQuery, response] = await Promise.all([
    makeLogoutQuery(idp, { now, sessionIndex }),
    makeResponse(idp, now),
  ])
  return { idp, sp, idpMetadata: makeIdpMetadata(idp), logoutQuery, response }
}

function makeIdpMetadata(idp: Credential): string {
  return writeIdpMetadata({
    entityId: idpUrl,
    wantAuthnRequestsSigned: false,
    keyDescriptors: [{ use: 'signing', key: trustCertificate(idp.certificate) }],
    singleLogoutServices: [{ binding: BINDING.redirect, location: sloUrl }],
    singleSignOnServices: [{ binding: BINDING.redirect, location: `${idpUrl}/sso` }],
    nameIdFormats: [],
  })
}

/** The raw query of a LogoutRequest for one session, signed by the IdP. */
export async function makeLogoutQuery(idp: Credential, logout: { now: number; sessionIndex: string }): Promise<string> {
  const { now, sessionIndex } = logout
  const document = writeLogoutRequest({
    id: newId(),
    issueInstant: now,
    issuer: idpUrl,
    destination: logoutUrl,
    notOnOrAfter: now + 3_600_000,
    nameId,
    sessionIndexes: [sessionIndex],
  })
  const url = await buildRedirectUrl({ destination: logoutUrl, kind: 'SAMLRequest', document, signWith: idp })
  return url.slice(url.indexOf('?') + 1)
}

/** Base64 of a Response that logs somebody new in, signed by the IdP. */
export async function makeResponse(idp: Credential, now: number): Promise<string> {
  const assertionId = newId()
  const later = now + 3_600_000
  const document = writeResponse({
    id: newId(),
    issueInstant: now,
    issuer: idpUrl,
    destination: acsUrl,
    status: success,
    assertions: [
      {
        id: assertionId,
        issueInstant: now,
        issuer: idpUrl,
        subject: {
          nameId: { ...nameId, value: newId() },
          confirmations: [{ method: CONFIRMATION_METHOD.bearer, data: { recipient: acsUrl, notOnOrAfter: later } }],
        },
        conditions: { notBefore: now - 60_000, notOnOrAfter: later, audienceRestrictions: [[spUrl]] },
        authnStatements: [{ authnInstant: now, sessionIndex: newId(), classRef: AUTHN_CONTEXT.unspecified }],
        attributes: [
          { name: 'urn:oid:0.9.2342.19200300.100.1.1', friendlyName: 'uid', values: ['alice'] },
          { name: 'urn:oid:0.9.2342.19200300.100.1.3', friendlyName: 'mail', values: ['alice@example.test'] },
          { name: 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1', friendlyName: 'groups', values: ['admins', 'staff'] },
        ],
      },
    ],
  })
  return Buffer.from(await signEnveloped(document, assertionId, idp)).toString('base64')
}
