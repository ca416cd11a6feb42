import type { PostForm } from '#saml/bindings/post'
import { isNameIdFormat, makeNameId, nameIdFormats } from '../directory/name-ids.ts'
import { findUser } from '../directory/users.ts'
import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import type { SsoTask } from './sso-task.ts'
import { writeLoginResponse } from './write-login-response.ts'

/**
 * Makes the service provider a participant of the session, with a NameID and a SessionIndex of this login's own, and answers the form that
 * tells it. Undefined when the session has ended in the meantime: who logged out must not be logged in.
 */
export async function logInAt(parts: IdpParts, task: SsoTask, session: IdpSession): Promise<PostForm | undefined> {
  const { config, sessions } = parts
  const user = findUser(config.users, session.userName)
  if (user === undefined) return undefined
  const format = task.request?.nameIdPolicy?.format ?? nameIdFormats[0]
  if (!isNameIdFormat(format)) throw new TypeError(`${format} was to be refused before`)
  const { newId, entityId: idpEntityId } = config
  const nameId = makeNameId({ format, user, idpEntityId, spEntityId: task.spEntityId, newId })
  const participant = { spEntityId: task.spEntityId, nameId, sessionIndex: newId() }
  const joined = await sessions.addParticipant(session.id, participant)
  return joined ? writeLoginResponse(config, task, { user, session, participant }) : undefined
}
