import type { Clock } from '#server/clock'
import type { Session, StoredSession } from './session.ts'

export interface SessionStore {
  /** Finds the session and extends it: somebody uses it. */
  find(id: string): Promise<StoredSession | undefined>
  /** Finds the session and leaves its expiry as it is. */
  peek(id: string): Promise<StoredSession | undefined>
  /** Keeps the session under a new secret. */
  create(session: Session): Promise<string>
  /** Changes the session in one step. False when it has gone meanwhile: nothing brings a destroyed session back. */
  update(id: string, change: (session: Session) => Session): Promise<boolean>
  /** False when there was no session any more: of two that destroy one at once, one has done it. */
  destroy(id: string): Promise<boolean>
  /** Destroys every session. */
  clear(): Promise<void>
}

export interface MemorySessionStoreOptions {
  readonly clock: Clock
  readonly newSecret: () => string
  readonly idleTimeoutMs?: number
  readonly maxSessions?: number
}

/** Kibana's `session.idleTimeout` of older versions; a refresh token outlives it (spec §7.1). */
const defaultIdleTimeoutMs = 8 * 60 * 60 * 1000
/** Everybody who opens a page begins a session: without a limit anybody could fill the memory. */
const defaultMaxSessions = 10_000

interface Entry {
  readonly session: Session
  readonly expiresAt: number
}

/** Keeps sessions in this process. A session that was not used for the idle timeout is gone; of too many, the one that was unused longest. */
export function memorySessionStore(options: MemorySessionStoreOptions): SessionStore {
  const { clock, newSecret, idleTimeoutMs = defaultIdleTimeoutMs, maxSessions = defaultMaxSessions } = options
  const entries = new Map<string, Entry>()

  function live(id: string): Entry | undefined {
    const entry = entries.get(id)
    return entry !== undefined && clock.now() < entry.expiresAt ? entry : undefined
  }
  function keep(id: string, session: Session): void {
    // Taken out and put back at the end: the map is then in the order of expiry, which `purge` lives by.
    entries.delete(id)
    entries.set(id, { session, expiresAt: clock.now() + idleTimeoutMs })
  }
  function purge(): void {
    for (const [id, entry] of entries) {
      if (entries.size < maxSessions && clock.now() < entry.expiresAt) return
      entries.delete(id)
    }
  }
  return {
    async find(id) {
      const entry = live(id)
      if (entry === undefined) return undefined
      keep(id, entry.session)
      return { id, session: entry.session }
    },
    async peek(id) {
      const entry = live(id)
      return entry && { id, session: entry.session }
    },
    async create(session) {
      purge()
      const id = newSecret()
      keep(id, session)
      return id
    },
    async update(id, change) {
      const entry = live(id)
      if (entry === undefined) return false
      keep(id, change(entry.session))
      return true
    },
    async destroy(id) {
      const isThere = live(id) !== undefined
      entries.delete(id)
      return isThere
    },
    async clear() {
      entries.clear()
    },
  }
}
