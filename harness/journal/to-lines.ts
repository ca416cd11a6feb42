import { legibleText } from '#server/legible-text'
import type { JournalEntry } from './entry-schema.ts'

/** JSON lines: an entry each. */
export const toJsonLines = (entries: readonly JournalEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')

/** A line for a person: `17 12:00:00.123 idp → urn:my-app LogoutRequest by redirect _1f alice, seen by idp`. */
export function lineOf(entry: JournalEntry): string {
  const { seq, at, party, from, to, direction, what } = entry
  const way = from === null && to === null ? [] : [`${from ?? '?'} → ${to ?? '?'}`]
  const seenBy = party === '' ? [] : [`${direction ?? 'seen'} by ${party}`]
  const words = [seq, at.slice(11, 23), ...way, what, ...detailsOf(entry), ...seenBy, ...verdictOf(entry)]
  return legibleText(words.join('  '))
}

function detailsOf({
  binding,
  id,
  user,
  status,
  wire,
  what,
  httpStatus,
  endedBy,
  count,
  tokens,
  faults,
}: JournalEntry) {
  const call = what === 'call' && wire !== null ? [`${wire.method} ${wire.url}`] : []
  const ended = [count, tokens.join(' '), endedBy && `by ${endedBy}`]
  const all = [binding, ...call, id, user, status.join(' '), httpStatus, ...ended, ...faults]
  return all.filter((word) => word !== null && word !== '')
}

function verdictOf({ accepted, refusal }: JournalEntry): string[] {
  if (refusal !== null) return [`refused: ${refusal.code}: ${refusal.message}`]
  return accepted === null ? [] : [accepted ? 'accepted' : 'refused']
}
