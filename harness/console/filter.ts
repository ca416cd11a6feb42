import { endsOf } from '../diagram/lanes.ts'
import type { JournalEntry } from '../journal/entry-schema.ts'

/** What of a journal is wanted. */
export interface Filter {
  readonly user?: string | undefined
  /** The IDs of the requests of a logout. */
  readonly requestIds?: ReadonlySet<string> | undefined
  /** By what messages and entries name somebody. */
  readonly names?: ReadonlySet<string> | undefined
  readonly withCalls: boolean
}

/** The entries that are wanted. What has to do with a user or a logout is also what answers one of his messages, or is answered by it: by far not every message names a user. */
export function filterEntries(
  entries: readonly JournalEntry[],
  { user, requestIds, names, withCalls }: Filter,
): readonly JournalEntry[] {
  const ids = new Set(requestIds)
  if (user !== undefined) {
    for (const entry of entries) {
      if (entry.user !== user) continue
      for (const id of [entry.id, entry.inResponseTo]) if (id !== null) ids.add(id)
    }
  }
  const isRelated = ({ id, inResponseTo, user: its }: JournalEntry) =>
    (its !== null && its === user) || [id, inResponseTo].some((each) => each !== null && ids.has(each))
  const isAboutAny = user === undefined && requestIds === undefined
  return entries.filter((entry) => {
    if (!withCalls && entry.what === 'call') return false
    if (!isAboutAny && !isRelated(entry)) return false
    return names === undefined || namesIn(entry).some((name) => names.has(name))
  })
}

function namesIn(entry: JournalEntry): readonly string[] {
  if (entry.direction === null) return [entry.party]
  const { from, to } = endsOf(entry)
  return [from, to, entry.party]
}
