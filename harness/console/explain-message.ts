import { controlInProcess } from '../control/in-process.ts'
import type { JournalEntry } from '../journal/entry-schema.ts'
import type { RunningParties } from '../roles/running-parties.ts'

type Operations = ReturnType<typeof controlInProcess>

/** A message as it is handed to whoever explains it. */
export type Asked = NonNullable<Parameters<Operations['es']['explain']>[0]>

/** What a party makes of a message. */
export interface Explained
  extends Pick<Awaited<ReturnType<Operations['es']['explain']>>, 'accepted' | 'refusal' | 'checks' | 'to'> {
  readonly by: string
}

/** Asks the IdP about what is for it, and Elasticsearch about all else. @throws ControlError */
export async function explainMessage(parties: RunningParties, asked: Asked, isForIdp: boolean): Promise<Explained> {
  const { idp, es } = controlInProcess(parties)
  const explained = await (isForIdp ? idp.explain(asked) : es.explain(asked))
  return { ...explained, by: isForIdp ? 'the identity provider' : 'Elasticsearch' }
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
