import { buildPostForm, type PostForm } from '#saml/bindings/post'
import type { Assertion } from '#saml/messages/assertion'
import { writeResponse } from '#saml/messages/response'
import { type Status, success } from '#saml/messages/status'
import { AUTHN_CONTEXT, CONFIRMATION_METHOD } from '#saml/names'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import type { IdpConfig } from '../config.ts'
import { userAttributes } from '../directory/user-attributes.ts'
import type { User } from '../directory/users.ts'
import type { IdpSession, SessionParticipant } from '../sessions/idp-session.ts'
import type { SsoTask } from './sso-task.ts'

interface Login {
  readonly user: User
  readonly session: IdpSession
  readonly participant: SessionParticipant
}

/** The signed Response that logs a user in (saml-profiles-2.0 §4.1.4.2), as the form that carries it to the ACS. */
export async function writeLoginResponse(config: IdpConfig, task: SsoTask, login: Login): Promise<PostForm> {
  const assertion = makeAssertion(config, task, login)
  const id = config.newId()
  const { signedParts, credential } = config
  let document = writeResponse({ ...envelope(config, task, success), id, assertions: [assertion] })
  // The Assertion first: the signature of the Response covers it.
  if (signedParts !== 'response') document = await signEnveloped(document, assertion.id, credential)
  if (signedParts !== 'assertion') document = await signEnveloped(document, id, credential)
  return carry(task, document)
}

/** The signed Response that says why nobody is logged in. */
export async function writeRefusal(config: IdpConfig, task: SsoTask, status: Status): Promise<PostForm> {
  const id = config.newId()
  const document = writeResponse({ ...envelope(config, task, status), id, assertions: [] })
  return carry(task, await signEnveloped(document, id, config.credential))
}

/** What the assertion says, as a value. The class is whatever was asked for first: a click proves nothing, and this is a mock. */
function makeAssertion(config: IdpConfig, task: SsoTask, { user, session, participant }: Login): Assertion {
  const { now, notOnOrAfter } = validity(config)
  const [classRef = AUTHN_CONTEXT.passwordProtectedTransport] = task.request?.requestedAuthnContext?.classRefs ?? []
  const data = { recipient: task.acsUrl, inResponseTo: task.request?.id, notOnOrAfter }
  return {
    id: config.newId(),
    issueInstant: now,
    issuer: config.entityId,
    subject: { nameId: participant.nameId, confirmations: [{ method: CONFIRMATION_METHOD.bearer, data }] },
    conditions: { notBefore: now, notOnOrAfter, audienceRestrictions: [[task.spEntityId]] },
    authnStatements: [
      {
        authnInstant: session.authnInstant,
        sessionIndex: participant.sessionIndex,
        sessionNotOnOrAfter: session.expiresAt,
        classRef,
      },
    ],
    attributes: userAttributes(user),
  }
}

function validity({ clock, lifetimes }: IdpConfig): { now: number; notOnOrAfter: number } {
  const now = clock.now()
  return { now, notOnOrAfter: now + lifetimes.assertionSeconds * 1_000 }
}

function envelope({ clock, entityId }: IdpConfig, { acsUrl, request }: SsoTask, status: Status) {
  return { issueInstant: clock.now(), issuer: entityId, destination: acsUrl, inResponseTo: request?.id, status }
}

function carry({ acsUrl, relayState }: SsoTask, document: string): PostForm {
  return buildPostForm({ destination: acsUrl, kind: 'SAMLResponse', document, relayState })
}
