import type { Clock } from '#server/clock'
import { createExpiringMap, type Leaving } from '#server/expiring-map'
import type { IdpSession, SessionParticipant } from './idp-session.ts'
import type { SessionStore } from './session-store.ts'

const keyOf = (spEntityId: string, nameIdValue: string): string => JSON.stringify([spEntityId, nameIdValue])

interface MemorySessionStoreOptions {
  readonly clock: Clock
  readonly capacity: number
  /** Told of every session that nobody ended: when that is noticed, which is when somebody looks for sessions. */
  readonly lost?: (session: IdpSession, by: Exclude<Leaving, 'taken'>) => void
}

/** Sessions in this process, found by cookie or by identifier in constant time. */
export function createMemorySessionStore({ clock, capacity, lost }: MemorySessionStoreOptions): SessionStore {
  const byValue = new Map<string, Set<string>>()
  const onRemove = (session: IdpSession, why: Leaving): void => {
    unindex(byValue, session)
    if (why !== 'taken') lost?.(session, why)
  }
  const sessions = createExpiringMap<IdpSession>({ clock, capacity, onRemove })

  const index = (id: string, { spEntityId, nameId }: SessionParticipant): void => {
    const key = keyOf(spEntityId, nameId.value)
    byValue.set(key, (byValue.get(key) ?? new Set()).add(id))
  }
  const live = (ids: Iterable<string>): readonly IdpSession[] =>
    [...ids].map((id) => sessions.get(id)).filter((session) => session !== undefined)

  return {
    save: async (session) => {
      sessions.set(session.id, session, session.expiresAt)
      for (const participant of session.participants) index(session.id, participant)
    },
    find: async (id) => sessions.get(id),
    findByNameIdValue: async (spEntityId, value) => live(byValue.get(keyOf(spEntityId, value)) ?? []),
    addParticipant: async (id, participant) => {
      const session = sessions.get(id)
      if (session === undefined) return false
      const joined = { ...session, participants: [...session.participants, participant] }
      if (!sessions.replace(id, joined)) return false
      index(id, participant)
      return true
    },
    end: async (id) => sessions.delete(id),
    list: async () => live(sessions.keys()),
    clear: async () => sessions.clear(),
  }
}

function unindex(byValue: Map<string, Set<string>>, session: IdpSession): void {
  for (const { spEntityId, nameId } of session.participants) {
    const key = keyOf(spEntityId, nameId.value)
    const ids = byValue.get(key)
    ids?.delete(session.id)
    if (ids?.size === 0) byValue.delete(key)
  }
}
