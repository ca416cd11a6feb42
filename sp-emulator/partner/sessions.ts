import type { Clock } from '#server/clock'
import { createExpiringMap, type Leaving } from '#server/expiring-map'

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
  find(id: string): PartnerSession | undefined
  /** Keeps a login under a new secret. */
  add(login: Omit<PartnerSession, 'id'>): PartnerSession
  end(id: string): void
  clear(): void
  /** Whoever's browser they are in. */
  findNamed(named: NamedSessions): readonly PartnerSession[]
}

interface SessionsOptions {
  readonly clock: Clock
  /** Told of every session that nobody ended: when that is noticed, which is when somebody looks for it. */
  readonly lost?: (session: PartnerSession, by: Exclude<Leaving, 'taken'>) => void
  readonly newSecret: () => string
}

const lifetimeMs = 8 * 3_600_000
const capacity = 10_000

/** Keeps sessions in this process, and finds them by NameID without looking at all of them. */
export function partnerSessions({ clock, newSecret, lost }: SessionsOptions): PartnerSessions {
  const idsByName = new Map<string, Set<string>>()
  const sessions = createExpiringMap<PartnerSession>({ clock, capacity, onRemove: forget })

  function forget(session: PartnerSession, why: Leaving): void {
    const { id, nameId } = session
    if (why !== 'taken') lost?.(session, why)
    const ids = idsByName.get(nameId)
    ids?.delete(id)
    if (ids?.size === 0) idsByName.delete(nameId)
  }
  return {
    find: (id) => sessions.get(id),
    add(login) {
      const session = { ...login, id: newSecret() }
      sessions.set(session.id, session, clock.now() + lifetimeMs)
      const ids = idsByName.get(session.nameId) ?? new Set()
      idsByName.set(session.nameId, ids.add(session.id))
      return session
    },
    end: (id) => void sessions.delete(id),
    clear: sessions.clear,
    findNamed(named) {
      const found = [...(idsByName.get(named.nameId) ?? [])].map((id) => sessions.get(id))
      return found.filter((session) => session !== undefined && isMeant(session, named)) as PartnerSession[]
    },
  }
}

function isMeant(session: PartnerSession, { nameIdFormat, sessionIndexes }: NamedSessions): boolean {
  const sameFormat = [nameIdFormat, undefined].includes(session.nameIdFormat) || nameIdFormat === undefined
  const { sessionIndex } = session
  return sameFormat && (sessionIndexes.length === 0 || sessionIndexes.includes(sessionIndex ?? ''))
}
