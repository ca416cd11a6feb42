import type { Clock } from '#server/clock'
import type { Leaving } from '#server/expiring-map'
import type { Store } from '#server/store/store'

/** A login at a partner: whom the IdP named, and how. */
export interface PartnerSession {
  readonly id: string
  /** What the user is called on the page. */
  readonly user: string
  readonly nameId: string
  readonly nameIdFormat: string | undefined
  readonly nameQualifier: string | undefined
  readonly spNameQualifier: string | undefined
  readonly sessionIndex: string | undefined
}

/** Whom a LogoutRequest means. */
export interface NamedSessions {
  readonly nameId: string
  readonly nameIdFormat: string | undefined
  /** All sessions of that name when there is none (saml-core-2.0 §3.7.1). */
  readonly sessionIndexes: readonly string[]
}

export interface PartnerSessions {
  find(id: string): Promise<PartnerSession | undefined>
  /** Keeps a login under a new secret. */
  add(login: Omit<PartnerSession, 'id'>): Promise<PartnerSession>
  /** False when it has ended before: of two that end one at once, one has done it. */
  end(id: string): Promise<boolean>
  clear(): Promise<void>
  /** Whoever's browser they are in. */
  findNamed(named: NamedSessions): Promise<readonly PartnerSession[]>
}

interface SessionsOptions {
  readonly store: Store
  readonly clock: Clock
  /** Told of every session that nobody ended: when that is noticed, which is when somebody looks for it. */
  readonly lost?: (session: PartnerSession, by: Exclude<Leaving, 'taken'>) => void
  readonly newSecret: () => string
}

const lifetimeMs = 8 * 3_600_000
const capacity = 10_000

/** Keeps sessions, and finds them by NameID without looking at all of them. */
export function partnerSessions({ store, clock, newSecret, lost }: SessionsOptions): PartnerSessions {
  const sessions = store.records<PartnerSession>({
    ...{ name: 'sessions', clock, capacity, indexesOf: ({ nameId }) => [nameId] },
    ...(lost && { lost }),
  })
  return {
    find: sessions.get,
    async add(login) {
      const session = { ...login, id: newSecret() }
      await sessions.set(session.id, session, clock.now() + lifetimeMs)
      return session
    },
    end: async (id) => (await sessions.take(id)) !== undefined,
    clear: sessions.clear,
    findNamed: async (named) => (await sessions.findBy(named.nameId)).filter((session) => isMeant(session, named)),
  }
}

function isMeant(session: PartnerSession, { nameIdFormat, sessionIndexes }: NamedSessions): boolean {
  const sameFormat = [nameIdFormat, undefined].includes(session.nameIdFormat) || nameIdFormat === undefined
  const { sessionIndex } = session
  return sameFormat && (sessionIndexes.length === 0 || sessionIndexes.includes(sessionIndex ?? ''))
}
