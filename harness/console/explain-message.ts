import { controlInProcess } from '../control/in-process.ts'
import type { JournalEntry } from '../journal/entry-schema.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { type NearLogin, nearSessions, nearTokens } from './near-logins.ts'

type Operations = ReturnType<typeof controlInProcess>

/** A message as it is handed to whoever explains it. */
export type Asked = NonNullable<Parameters<Operations['es']['explain']>[0]>

type Judgement = Awaited<ReturnType<Operations['es']['explain']>> | Awaited<ReturnType<Operations['idp']['explain']>>

/** What a party makes of a message. */
export interface Explained
  extends Pick<Judgement, 'kind' | 'accepted' | 'refusal' | 'checks' | 'from' | 'to' | 'document'> {
  readonly by: string
  /** What a LogoutRequest would end; undefined of another message. */
  readonly wouldEnd:
    | { readonly count: number; readonly what: string; readonly nearest: readonly NearLogin[] }
    | undefined
}

/** Asks the IdP about what is for it, and Elasticsearch about all else. @throws ControlError */
export async function explainMessage(parties: RunningParties, asked: Asked, isForIdp: boolean): Promise<Explained> {
  const { idp, es } = controlInProcess(parties)
  if (isForIdp) {
    const { nearest, ...judged } = await idp.explain(asked)
    const { sessions } = nearest.length === 0 ? { sessions: [] } : await idp.sessions.list()
    const near = nearSessions(nearest, { sessions, serviceProvider: judged.from })
    return { ...judged, by: 'the identity provider', wouldEnd: endedBy(judged, 'session', near) }
  }
  const { nearest, ...judged } = await es.explain(asked)
  const { tokens } = nearest.length === 0 ? { tokens: [] } : await es.tokens.list()
  return { ...judged, by: 'Elasticsearch', wouldEnd: endedBy(judged, 'pair of tokens', nearTokens(nearest, tokens)) }
}

function endedBy(
  { kind, wouldInvalidate }: Pick<Judgement, 'kind' | 'wouldInvalidate'>,
  what: string,
  nearest: readonly NearLogin[],
) {
  return kind === 'LogoutRequest' ? { count: wouldInvalidate, what, nearest } : undefined
}

/** What the rules make of a message in the journal, at the time of its reader; undefined where none of ours could judge it. */
export async function explainEntry(parties: RunningParties, entry: JournalEntry): Promise<Explained | undefined> {
  const asked = askedOf(entry)
  const isForIdp = entry.to === 'idp'
  const isForRealm = parties.es?.realms.some(({ entityId }) => entityId === entry.to) ?? false
  if (asked === undefined || !(isForRealm || (isForIdp && parties.idp !== undefined))) return undefined
  try {
    return await explainMessage(parties, asked, isForIdp)
  } catch {
    // The page shows all that is known of the entry; that nobody can say more is no reason to show nothing.
    return undefined
  }
}

function askedOf({ wire, binding, direction, clock, document }: JournalEntry): Asked | undefined {
  if (wire === null || direction === null) return undefined
  const at = Number.isNaN(Date.parse(clock)) ? {} : { at: clock }
  if (binding === 'redirect' && wire.url.includes('?')) return { url: wire.url, ...at }
  if (binding === 'post' && wire.body !== null)
    return { form: Object.fromEntries(new URLSearchParams(wire.body)), ...at }
  return document === null ? undefined : { document, ...at }
}
