import type { Clock } from '#server/clock'
import { createExpiringMap } from '#server/expiring-map'
import type { IdpSession } from './idp-session.ts'
import { nameIdKey } from './name-id-key.ts'
import type { SessionStore } from './session-store.ts'

/** Sessions in this process, found by cookie or by identifier in constant time. */
export function createMemorySessionStore(options: { clock: Clock; capacity: number }): SessionStore {
  const byNameId = new Map<string, Set<string>>()
  const sessions = createExpiringMap<IdpSession>({ ...options, onRemove: (session) => unindex(byNameId, session) })

  const put = (session: IdpSession): void => {
    sessions.set(session.id, session, session.expiresAt)
    for (const { spEntityId, nameId } of session.participants) {
      const key = nameIdKey(spEntityId, nameId)
      byNameId.set(key, (byNameId.get(key) ?? new Set()).add(session.id))
    }
  }
  const live = (ids: Iterable<string>): readonly IdpSession[] =>
    [...ids].map((id) => sessions.get(id)).filter((session) => session !== undefined)

  return {
    save: async (session) => put(session),
    find: async (id) => sessions.get(id),
    findByNameId: async (spEntityId, nameId) => live(byNameId.get(nameIdKey(spEntityId, nameId)) ?? []),
    addParticipant: async (id, participant) => {
      const session = sessions.get(id)
      if (session === undefined) return false
      put({ ...session, participants: [...session.participants, participant] })
      return true
    },
    end: async (id) => sessions.delete(id),
    list: async () => live(sessions.keys()),
    clear: async () => sessions.clear(),
  }
}

function unindex(byNameId: Map<string, Set<string>>, session: IdpSession): void {
  for (const { spEntityId, nameId } of session.participants) {
    const key = nameIdKey(spEntityId, nameId)
    const ids = byNameId.get(key)
    ids?.delete(session.id)
    if (ids?.size === 0) byNameId.delete(key)
  }
}
