import type { LogoutRequest } from '#saml/messages/logout-request'
import type { IdpSession } from '../sessions/idp-session.ts'
import { nameIdKey } from '../sessions/name-id-key.ts'
import type { SessionStore } from '../sessions/session-store.ts'

/**
 * The sessions that a LogoutRequest means: those in which this service provider was given this very identifier under one of the
 * SessionIndexes, or under any when it names none (saml-core-2.0 §3.7.1, §3.7.3.2).
 */
export async function findSessions(
  store: SessionStore,
  spEntityId: string,
  { nameId, sessionIndexes }: LogoutRequest,
): Promise<readonly IdpSession[]> {
  if (nameId === undefined) return []
  const key = nameIdKey(spEntityId, nameId)
  const sessions = await store.findByNameId(spEntityId, nameId)
  return sessions.filter(({ participants }) =>
    participants.some(
      (participant) =>
        nameIdKey(participant.spEntityId, participant.nameId) === key &&
        (sessionIndexes.length === 0 || sessionIndexes.includes(participant.sessionIndex)),
    ),
  )
}
