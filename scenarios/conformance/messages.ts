import { sign } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { RSA_SHA256 } from '#saml/algorithms'
import type { Credential } from '#saml/credentials'
import type { Assertion, Attribute } from '#saml/messages/assertion'
import { type LogoutRequest, writeLogoutRequest } from '#saml/messages/logout-request'
import { type LogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import type { NameId } from '#saml/messages/name-id'
import { type ResponseEnvelope, writeResponse } from '#saml/messages/response'
import { success } from '#saml/messages/status'
import { AUTHN_CONTEXT, CONFIRMATION_METHOD, NAME_ID_FORMAT } from '#saml/names'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { newId } from '#server/ids'
import { acsUrl, idpEntityId, logoutUrl, type RealmName, spEntityId } from './realms.ts'
import type { Target } from './target.ts'

/** Whom a login or a logout is about. */
export interface Person {
  readonly nameId: NameId
  readonly session: string | undefined
}

/** Somebody whom no other case knows, in a session of their own. */
export function newPerson(name = 'alice'): Person {
  return { nameId: { value: `${name}${newId()}`, format: NAME_ID_FORMAT.transient }, session: newId() }
}

export const uidAttribute = (value: string): Attribute => ({
  name: 'urn:oid:0.9.2342.19200300.100.1.1',
  friendlyName: 'uid',
  values: [value],
})

type ResponseDraft = ResponseEnvelope & { readonly assertions: readonly Assertion[] }
export type Change = (draft: ResponseDraft) => ResponseDraft

export interface Login {
  readonly person?: Person
  readonly attributes?: readonly Attribute[]
  /** The request that is answered; none when absent. */
  readonly inResponseTo?: string | undefined
  readonly changes?: readonly Change[]
  /** Changes the XML before it is signed. */
  readonly edit?: (xml: string) => string
  readonly signs?: readonly ('assertion' | 'response')[]
  readonly key?: Credential
}

/** A good Response for a realm, made bad in one way or another; the Assertion is signed unless said otherwise. */
export async function makeResponse(target: Target, realm: RealmName, login: Login = {}): Promise<string> {
  const { signs = ['assertion'], key = target.keys.idp, edit = (xml: string) => xml, changes = [] } = login
  const draft = changes.reduce((before, change) => change(before), draftOf(target, realm, login))
  let xml = edit(writeResponse(draft))
  for (const part of signs) {
    const id = part === 'response' ? draft.id : (draft.assertions[0]?.id ?? '')
    xml = await signEnveloped(xml, id, key)
  }
  return xml
}

function draftOf(target: Target, realm: RealmName, login: Login): ResponseDraft {
  const { person = newPerson(), attributes, inResponseTo } = login
  const now = target.now()
  const data = { recipient: acsUrl(realm), inResponseTo, notOnOrAfter: now + 300_000 }
  const assertion: Assertion = {
    id: newId(),
    issueInstant: now,
    issuer: idpEntityId,
    subject: { nameId: person.nameId, confirmations: [{ method: CONFIRMATION_METHOD.bearer, data }] },
    conditions: { notBefore: now - 60_000, notOnOrAfter: now + 300_000, audienceRestrictions: [[spEntityId(realm)]] },
    authnStatements: [{ authnInstant: now, sessionIndex: person.session, classRef: AUTHN_CONTEXT.password }],
    attributes: attributes ?? [uidAttribute(person.nameId.value)],
  }
  return {
    id: newId(),
    issueInstant: now,
    issuer: idpEntityId,
    destination: acsUrl(realm),
    inResponseTo,
    status: success,
    assertions: [assertion],
  }
}

export const withResponse =
  (changes: Partial<ResponseDraft>): Change =>
  (draft) => ({ ...draft, ...changes })

export const withAssertion =
  (change: (assertion: Assertion) => Partial<Assertion>): Change =>
  (draft) => ({ ...draft, assertions: draft.assertions.map((each) => ({ ...each, ...change(each) })) })

/** The XML of a LogoutRequest about this person, for a realm. */
export function makeLogoutRequest(
  target: Target,
  realm: RealmName,
  { nameId, session }: Person,
  changes: Partial<Omit<LogoutRequest, 'encryptedId'>> = {},
): string {
  return writeLogoutRequest({
    id: newId(),
    issueInstant: target.now(),
    issuer: idpEntityId,
    destination: logoutUrl(realm),
    nameId,
    sessionIndexes: session === undefined ? [] : [session],
    ...changes,
  })
}

/** The XML of a LogoutResponse that says success, for a realm. */
export function makeLogoutResponse(
  target: Target,
  realm: RealmName,
  changes: Partial<LogoutResponse> & { readonly id: string },
): string {
  return writeLogoutResponse({
    issueInstant: target.now(),
    issuer: idpEntityId,
    destination: logoutUrl(realm),
    status: success,
    ...changes,
  })
}

/** `SAMLRequest=…`: deflated, in base64, escaped. */
export function carried(xml: string, name: 'SAMLRequest' | 'SAMLResponse' = 'SAMLRequest'): string {
  return `${name}=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}`
}

/** The query with `SigAlg` and `Signature` behind it, over the octets as they stand. */
export function signedQuery(query: string, { privateKey }: Credential): string {
  const octets = `${query}&SigAlg=${encodeURIComponent(RSA_SHA256)}`
  return `${octets}&Signature=${encodeURIComponent(sign('sha256', Buffer.from(octets), privateKey).toString('base64'))}`
}

/** The query of a LogoutRequest that the IdP signed. */
export function logoutQuery(
  target: Target,
  realm: RealmName,
  person: Person,
  changes: Partial<Omit<LogoutRequest, 'encryptedId'>> = {},
): string {
  return signedQuery(carried(makeLogoutRequest(target, realm, person, changes)), target.keys.idp)
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64')
