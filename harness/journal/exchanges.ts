import type { JournalEntry } from './entry-schema.ts'

/** What went from one to another, once: as it was sent, as it was received, or both. */
export interface Exchange {
  readonly first: JournalEntry
  readonly sent?: JournalEntry
  received?: JournalEntry
}

/** Messages and calls in their order. What stands twice in a journal, since both who wrote it and who read it are ours, is one exchange. */
export function exchangesIn(entries: readonly JournalEntry[]): Exchange[] {
  const exchanges: Exchange[] = []
  const underWay = new Map<string, Exchange>()
  for (const entry of entries) {
    if (entry.direction === null) continue
    const key = JSON.stringify([entry.what, entry.id])
    const before = entry.direction === 'received' && entry.id !== null ? underWay.get(key) : undefined
    if (before !== undefined) {
      before.received = entry
      underWay.delete(key)
      continue
    }
    const exchange: Exchange = { first: entry, [entry.direction]: entry }
    exchanges.push(exchange)
    if (entry.direction === 'sent') underWay.set(key, exchange)
  }
  return withoutTwins(exchanges)
}

/** A call that both an application and our Elasticsearch tell of has no id: what Elasticsearch tells of it says more. */
function withoutTwins(exchanges: Exchange[]): Exchange[] {
  const isToldByNode = exchanges.some(({ first }) => first.what === 'call' && first.party === 'es')
  const isTold = ({ first }: Exchange) => first.what === 'call' && first.party !== 'es' && first.to === 'es'
  return isToldByNode ? exchanges.filter((exchange) => !isTold(exchange)) : exchanges
}
