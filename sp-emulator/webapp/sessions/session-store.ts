import type { Clock } from '#server/clock'
import type { Records } from '#server/store/records'
import type { Store } from '#server/store/store'
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
  /**
   * Changes the session in one step. False when it has gone meanwhile: nothing brings a destroyed session back. It keeps its kind: who signs in has another session,
   * under a new secret.
   */
  update(id: string, change: (session: Session) => Session): Promise<boolean>
  /** False when there was no session any more: of two that destroy one at once, one has done it. */
  destroy(id: string): Promise<boolean>
  /** Destroys every session. */
  clear(): Promise<void>
}

interface SessionStoreOptions {
  readonly store: Store
  readonly clock: Clock
  readonly newSecret: () => string
  /** Of each kind; a test fills a smaller store. */
  readonly maxSessions?: number
}

/** Kibana's `session.idleTimeout` of older versions; a refresh token outlives it (spec §7.1). */
const idleTimeoutMs = 8 * 60 * 60 * 1000
/** Of each kind. Everybody who opens a page begins a session: without a limit anybody could fill the memory. */
const defaultMaxSessions = 10_000

/**
 * A session that was not used for the idle timeout is gone; of too many, the one that was unused longest. The logins that anybody can begin make room for each
 * other only, never a session in which somebody is signed in.
 */
export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { store, clock, newSecret, maxSessions: capacity = defaultMaxSessions } = options
  const createRecords = (name: string) => store.records<Session>({ name, clock, capacity })
  const byKind = { authenticated: createRecords('sessions'), intermediate: createRecords('logins') }

  const expiry = (): number => clock.now() + idleTimeoutMs
  /** What is done to the session, of whichever kind it is; undefined when there is none. */
  const either = async <T>(act: (records: Records<Session>) => Promise<T | undefined>): Promise<T | undefined> =>
    (await act(byKind.authenticated)) ?? (await act(byKind.intermediate))
  const stored = (id: string, session: Session | undefined): StoredSession | undefined => session && { id, session }
  return {
    find: async (id) => stored(id, await either((records) => records.touch(id, expiry()))),
    peek: async (id) => stored(id, await either((records) => records.get(id))),
    listSignedIn: async () =>
      (await byKind.authenticated.list()).filter(({ kind }) => kind === 'authenticated') as AuthenticatedSession[],
    async create(session) {
      const id = newSecret()
      await byKind[session.kind].set(id, session, expiry())
      return id
    },
    update: async (id, change) =>
      (await either((records) => records.update(id, (session) => asKind(session, change(session)), expiry()))) !==
      undefined,
    destroy: async (id) => (await either((records) => records.take(id))) !== undefined,
    async clear() {
      await Promise.all([byKind.authenticated.clear(), byKind.intermediate.clear()])
    },
  }
}

function asKind({ kind }: Session, changed: Session): Session {
  if (changed.kind !== kind) throw new TypeError(`a session that is ${kind} cannot be made one that is ${changed.kind}`)
  return changed
}
