import { chooseNameIdFormat } from '../directory/name-id-format.ts'
import { makeNameId } from '../directory/name-ids.ts'
import type { TrustedSp } from '../directory/trusted-sp.ts'
import type { Draft } from '../outbox/draft.ts'
import type { IdpParts } from '../parts.ts'
import { type IdpSession, namesOf, type SessionParticipant } from '../sessions/idp-session.ts'
import { loginDraft } from './login-drafts.ts'
import { loginEncryption } from './login-encryption.ts'
import type { SsoTask } from './sso-task.ts'

/** A login, and the message that tells it. */
interface MadeLogin {
  readonly participant: SessionParticipant
  readonly draft: Draft
}

/**
 * Makes the service provider a participant of the session, with a NameID and a SessionIndex of this login's own, and answers the message that
 * tells it. Undefined when the session has ended in the meantime: who logged out must not be logged in.
 */
export async function logInAt(
  parts: IdpParts,
  task: SsoTask,
  { session, sp }: { readonly session: IdpSession; readonly sp: TrustedSp },
): Promise<MadeLogin | undefined> {
  const { config, sessions, serviceProviders } = parts
  const user = parts.users.find(session.userName)
  if (user === undefined) return undefined
  const format = chooseNameIdFormat(task.request?.nameIdPolicy, sp)
  if (format === undefined) throw new TypeError('what cannot be made was to be refused before')
  const { newId, entityId: idpEntityId } = config
  const nameId = makeNameId({ format, user, idpEntityId, spEntityId: task.spEntityId, newId })
  const participant = { spEntityId: task.spEntityId, nameId, sessionIndex: newId() }
  const joined = await sessions.addParticipant(session.id, participant)
  if (!joined) return undefined
  const settings = serviceProviders.settingsOf(task.spEntityId)
  const encryption = loginEncryption(task.request, sp)
  const draft = loginDraft(config, task, { user, session, names: namesOf(participant), settings, encryption })
  return { participant, draft }
}
