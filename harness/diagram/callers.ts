import type { JournalEntry } from '../journal/entry-schema.ts'

/** Which application of ours made a call that Elasticsearch tells of, which knows no names; both tell of the same one after the other. */
export function callersIn(entries: readonly JournalEntry[]): ReadonlyMap<JournalEntry, string> {
  const callers = new Map<JournalEntry, string>()
  const waiting: JournalEntry[] = []
  for (const entry of entries) {
    if (entry.what !== 'call') continue
    if (entry.party === 'es') {
      waiting.push(entry)
      continue
    }
    const index = waiting.findIndex((each) => isSameCall(each, entry))
    const [call] = index < 0 ? [] : waiting.splice(index, 1)
    if (call !== undefined) callers.set(call, entry.party)
  }
  return callers
}

function isSameCall(one: JournalEntry, other: JournalEntry): boolean {
  return (
    one.wire?.method === other.wire?.method &&
    one.httpStatus === other.httpStatus &&
    pathOf(one.wire?.url) === pathOf(other.wire?.url)
  )
}

/** Without address and query. */
export const pathOf = (url = ''): string => url.replace(/^https?:\/\/[^/?]*/, '').split('?', 1)[0] ?? ''
