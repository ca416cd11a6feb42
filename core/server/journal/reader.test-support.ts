import { systemClock } from '../clock.ts'
import { createJournal } from './journal.ts'
import type { FieldReader } from './match.ts'
import type { Seen } from './seen.ts'

/** Reads entries whose document says `field=value` of what is not in hand, and counts how often. */
export function countingReader(): FieldReader & { readonly decoded: number[] } {
  const decoded: number[] = []
  return {
    decoded,
    inHand: (entry, field) => entry[field as keyof typeof entry] ?? (entry.document === undefined ? null : undefined),
    read: ({ seq, document }, field) => {
      decoded.push(seq)
      return new URLSearchParams(String(document)).get(field)
    },
  }
}

/** A journal in which one party has seen this. */
export function journalWith(seen: readonly Seen[] = [], { entries = 100 } = {}) {
  const journal = createJournal({ entries, octets: 1_000_000 })
  const party = journal.of('idp', systemClock)
  const ids = (...wanted: readonly string[]) => wanted.map((id) => party.note({ what: 'LogoutRequest', id }))
  for (const each of seen) party.note(each)
  return { journal, party, ids }
}
