import type { Clock } from '#server/clock'
import { createExpiringMap } from '#server/expiring-map'
import type { AuthenticatedSession, Session, StoredSession } from './session.ts'

export interface SessionStore {
  /** Finds the session and extends it: somebody uses it. */
  find(id: string): Promise<StoredSession | undefined>
  /** Finds the session and leaves its expiry as it is. */
  peek(id: string): Promise<StoredSession | undefined>
  /** Every session in which somebody is signed in; leaves the expiry of each as it is. */
  listSignedIn(): Promise<readonly AuthenticatedSession[]>
  /** Keeps the session under a new secret. */
  create(session: Session): Promise<string>
  /** Changes the session in one step. False when it has gone meanwhile: nothing brings a destroyed session back. */
  update(id: string, change: (session: Session) => Session): Promise<boolean>
  /** False when there was no session any more: of two that destroy one at once, one has done it. */
  destroy(id: string): Promise<boolean>
  /** Destroys every session. */
  clear(): Promise<void>
}

interface MemorySessionStoreOptions {
  readonly clock: Clock
  readonly newSecret: () => string
  readonly idleTimeoutMs?: number
  readonly maxSessions?: number
}

/** Kibana's `session.idleTimeout` of older versions; a refresh token outlives it (spec §7.1). */
const defaultIdleTimeoutMs = 8 * 60 * 60 * 1000
/** Of each kind. Everybody who opens a page begins a session: without a limit anybody could fill the memory. */
const defaultMaxSessions = 10_000

/**
 * Keeps sessions in this process. A session that was not used for the idle timeout is gone; of too many, the one that was unused longest. The logins that
 * anybody can begin make room for each other only, never a session in which somebody is signed in.
 */
export function memorySessionStore(options: MemorySessionStoreOptions): SessionStore {
  const { clock, newSecret, idleTimeoutMs = defaultIdleTimeoutMs, maxSessions = defaultMaxSessions } = options
  const createMap = () => createExpiringMap<Session>({ clock, capacity: maxSessions })
  const maps = { intermediate: createMap(), authenticated: createMap() }

  const get = (id: string): Session | undefined => maps.authenticated.get(id) ?? maps.intermediate.get(id)
  const keep = (id: string, session: Session): void => {
    maps[session.kind].set(id, session, clock.now() + idleTimeoutMs)
  }
  const stored = (id: string): StoredSession | undefined => {
    const session = get(id)
    return session && { id, session }
  }
  const destroy = (id: string): boolean => {
    return (maps.authenticated.delete(id) ?? maps.intermediate.delete(id)) !== undefined
  }
  return {
    async find(id) {
      const found = stored(id)
      if (found !== undefined) keep(id, found.session)
      return found
    },
    peek: async (id) => stored(id),
    listSignedIn: async () =>
      maps.authenticated
        .keys()
        .map(get)
        .filter((session) => session?.kind === 'authenticated'),
    async create(session) {
      const id = newSecret()
      keep(id, session)
      return id
    },
    async update(id, change) {
      const session = get(id)
      if (session === undefined) return false
      const changed = change(session)
      if (changed.kind !== session.kind) destroy(id)
      keep(id, changed)
      return true
    },
    destroy: async (id) => destroy(id),
    async clear() {
      maps.authenticated.clear()
      maps.intermediate.clear()
    },
  }
}
