import type { Assertion } from '#saml/messages/assertion'
import type { AuthnRequest } from '#saml/messages/authn-request'
import { type Status, success } from '#saml/messages/status'
import { AUTHN_CONTEXT, CONFIRMATION_METHOD } from '#saml/names'
import type { IdpConfig } from '../config.ts'
import type { SpSettings } from '../directory/sp-settings.ts'
import { userAttributes } from '../directory/user-attributes.ts'
import type { User } from '../directory/users.ts'
import type { Draft, LoginDraft, LoginEncryption } from '../outbox/draft.ts'
import type { IdpSession, LoginNames } from '../sessions/idp-session.ts'
import type { SsoTask } from './sso-task.ts'

interface Login {
  /** Whose attributes are told; nobody's when undefined. */
  readonly user: User | undefined
  readonly session: Pick<IdpSession, 'authnInstant' | 'expiresAt'>
  readonly names: LoginNames
  readonly settings: SpSettings
  readonly encryption: LoginEncryption | undefined
}

/** What is answered: a login that somebody asked for, or one that nobody did. */
export interface Asked extends Pick<SsoTask, 'spEntityId' | 'acsUrl' | 'relayState' | 'inResponseTo'> {
  readonly request: Pick<AuthnRequest, 'id' | 'requestedAuthnContext'> | undefined
}

/** The Response that logs a user in (saml-profiles-2.0 §4.1.4.2). */
export function loginDraft(config: IdpConfig, task: Asked, login: Login): Draft {
  const assertions = [makeAssertion(config, task, login)]
  const { encryption, settings } = login
  return {
    ...responseDraft(config, task, { status: success, assertions }),
    signedParts: settings.signedParts,
    encryption,
    user: login.user?.name,
  }
}

/** The Response that says why nobody is logged in. */
export function refusalDraft(config: IdpConfig, task: Asked, status: Status): Draft {
  return responseDraft(config, task, { status, assertions: [] })
}

function responseDraft(
  { newId, clock, entityId }: IdpConfig,
  task: Asked,
  says: { readonly status: Status; readonly assertions: readonly Assertion[] },
): LoginDraft {
  const { spEntityId, acsUrl, relayState } = task
  const header = { id: newId(), issueInstant: clock.now(), issuer: entityId }
  return {
    kind: 'Response',
    to: { spEntityId, way: 'post', address: acsUrl },
    relayState,
    signedParts: 'response',
    fields: { ...header, destination: acsUrl, inResponseTo: answeredId(task), ...says },
  }
}

const answeredId = ({ request, inResponseTo }: Asked): string | undefined => request?.id ?? inResponseTo

/** What the assertion says, as a value. The class is whatever was asked for first: a click proves nothing, and this is a mock. */
function makeAssertion(config: IdpConfig, task: Asked, { user, session, names, settings }: Login): Assertion {
  const { assertionSeconds, sessionSeconds } = settings.lifetimes
  const now = config.clock.now()
  const notOnOrAfter = now + assertionSeconds * 1_000
  const [classRef = AUTHN_CONTEXT.passwordProtectedTransport] = task.request?.requestedAuthnContext?.classRefs ?? []
  const data = { recipient: task.acsUrl, inResponseTo: answeredId(task), notOnOrAfter }
  return {
    id: config.newId(),
    issueInstant: now,
    issuer: config.entityId,
    subject: { nameId: names.nameId, confirmations: [{ method: CONFIRMATION_METHOD.bearer, data }] },
    conditions: { notBefore: now, notOnOrAfter, audienceRestrictions: [[task.spEntityId]] },
    authnStatements: (names.sessionIndexes.length === 0 ? [undefined] : names.sessionIndexes).map((sessionIndex) => ({
      authnInstant: session.authnInstant,
      sessionIndex,
      sessionNotOnOrAfter: Math.min(session.expiresAt, now + sessionSeconds * 1_000),
      classRef,
    })),
    attributes: user === undefined ? [] : userAttributes(user, settings.attributes),
  }
}
