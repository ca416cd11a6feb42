import type { Clock } from '#server/clock'
import type { Leaving } from '#server/expiring-map'
import type { Store } from '#server/store/store'
import type { IdpSession, SessionParticipant } from './idp-session.ts'

/** Where IdP sessions are kept. */
export interface SessionStore {
  save(session: IdpSession): Promise<void>
  find(id: string): Promise<IdpSession | undefined>
  /** The sessions in which this service provider was given an identifier of this value, on whatever browser. */
  findByNameIdValue(spEntityId: string, value: string): Promise<readonly IdpSession[]>
  /** Gives a session that still lives another instant of its sign-in and another end, and answers it; undefined when it has ended in the meantime. */
  renew(id: string, renewed: Pick<IdpSession, 'authnInstant' | 'expiresAt'>): Promise<IdpSession | undefined>
  /** Adds a participant to a session that still lives; false when it has ended in the meantime. */
  addParticipant(id: string, participant: SessionParticipant): Promise<boolean>
  /** Ends a session and answers it as it was; undefined when it had ended before, so that only one caller acts on it. */
  end(id: string): Promise<IdpSession | undefined>
  /** The same for a session that is as it was found; false when it has ended, or somebody joined it, in the meantime. */
  endAsFound(session: IdpSession): Promise<boolean>
  /** All live sessions, oldest first. */
  list(): Promise<readonly IdpSession[]>
  clear(): Promise<void>
}

interface SessionStoreOptions {
  readonly clock: Clock
  readonly capacity: number
  /** Told of every session that nobody ended: when that is noticed, which is when somebody looks for sessions. */
  readonly lost?: (session: IdpSession, by: Exclude<Leaving, 'taken'>) => void
}

/** Sessions by their cookies, found by identifier as well. */
export function createSessionStore(store: Store, { clock, capacity, lost }: SessionStoreOptions): SessionStore {
  const wordOf = remembered(({ spEntityId, nameId }: SessionParticipant) => indexWord(spEntityId, nameId.value))
  const sessions = store.records<IdpSession>({
    ...{ name: 'sessions', clock, capacity },
    indexesOf: ({ participants }) => participants.map(wordOf),
    ...(lost && { lost }),
  })
  return {
    save: (session) => sessions.set(session.id, session, session.expiresAt),
    find: sessions.get,
    findByNameIdValue: (spEntityId, value) => sessions.findBy(indexWord(spEntityId, value)),
    renew: (id, renewed) => sessions.update(id, (session) => ({ ...session, ...renewed }), renewed.expiresAt),
    addParticipant: async (id, participant) => {
      const join = (session: IdpSession) => ({ ...session, participants: [...session.participants, participant] })
      return (await sessions.update(id, join)) !== undefined
    },
    end: (id) => sessions.take(id),
    endAsFound: async ({ id, participants: { length } }) =>
      (await sessions.take(id, ({ participants }) => participants.length === length)) !== undefined,
    list: sessions.list,
    clear: sessions.clear,
  }
}

const indexWord = (spEntityId: string, nameIdValue: string): string => JSON.stringify([spEntityId, nameIdValue])

/** Makes the same of the same thing once: a session goes through the hands of its store with each login, and all logins before it. */
function remembered<T extends object>(make: (thing: T) => string): (thing: T) => string {
  const known = new WeakMap<T, string>()
  return (thing) => {
    const before = known.get(thing)
    if (before !== undefined) return before
    const word = make(thing)
    known.set(thing, word)
    return word
  }
}
