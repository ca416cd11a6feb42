import { type Clock, systemClock } from '../clock.ts'
import type { PartyJournal } from './party-journal.ts'
import type { KeptSeen, Seen } from './seen.ts'

/** One ordered and bounded record of what the parties of a lab saw (`spec/contract.md` §2.7). */
export interface Journal {
  of(party: string, clock: Clock): PartyJournal
  /** Those behind this `seq` that are still there, oldest first; all when there is none. */
  since(after?: number): readonly KeptSeen[]
  get(seq: number): KeptSeen | undefined
  /** Of the newest; 0 before the first. It never starts again. */
  readonly last: number
  /** How many have fallen out since the last reset. */
  readonly dropped: number
  /** Is told, soon after and once for many, that there is more, and that there was a reset; answers how to be told no longer. */
  watch(watcher: JournalWatcher): () => void
  /** Forgets everything but that there was a reset. Who watches is told before. */
  reset(): void
  /** Ends every watch, also one that begins later. */
  close(): void
}

export interface JournalWatcher {
  more(): void
  /** At once: what was waited for will not come any more. */
  ended(why: 'reset' | 'closed'): void
}

export interface JournalBounds {
  readonly entries: number
  readonly octets: number
}

/** Ten thousand entries, and 32 MiB a lab. */
export const usualBounds: JournalBounds = { entries: 10_000, octets: 32 * 1024 * 1024 }

/** A journal in memory. What would not fit pushes out what is oldest. */
export function createJournal(bounds: JournalBounds = usualBounds, real: Clock = systemClock): Journal {
  let kept: (KeptSeen | undefined)[] = []
  /** Where the oldest stands in `kept`; the empty places before it are removed now and then. */
  let head = 0
  let octets = 0
  let last = 0
  let dropped = 0
  let isToldSoon = false
  let isClosed = false
  const watchers = new Set<JournalWatcher>()
  const add = (party: string, clock: number, seen: Seen): number => {
    last += 1
    // Each property behind a spread costs V8 a microsecond.
    const entry = { seq: last, at: real.now(), party, clock, ...seen }
    kept.push(entry)
    octets += sizeOf(entry)
    while (kept.length - head > 1 && (kept.length - head > bounds.entries || octets > bounds.octets)) dropOldest()
    if (watchers.size > 0 && !isToldSoon) tellSoon()
    return last
  }
  const dropOldest = () => {
    octets -= sizeOf(kept[head] as KeptSeen)
    kept[head] = undefined
    head += 1
    dropped += 1
    if (head < 1_024 || head * 2 < kept.length) return
    kept = kept.slice(head)
    head = 0
  }
  const tellSoon = () => {
    isToldSoon = true
    setImmediate(() => {
      isToldSoon = false
      for (const watcher of [...watchers]) watcher.more()
    })
  }
  const end = (why: 'reset' | 'closed') => {
    for (const watcher of [...watchers]) watcher.ended(why)
  }
  const indexOf = (seq: number): number => kept.length - 1 - (last - seq)
  return {
    of: (party, clock) => ({ note: (seen) => add(party, clock.now(), seen) }),
    since: (after = 0) => kept.slice(Math.max(head, indexOf(after) + 1)) as KeptSeen[],
    get: (seq) => kept[indexOf(seq)],
    get last() {
      return last
    },
    get dropped() {
      return dropped
    },
    watch(watcher) {
      if (isClosed) queueMicrotask(() => watcher.ended('closed'))
      else watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    reset() {
      end('reset')
      kept = []
      head = octets = dropped = 0
      add('', real.now(), { what: 'reset' })
    },
    close() {
      isClosed = true
      end('closed')
      watchers.clear()
    },
  }
}

/** About what an entry takes: its long texts, and room for the rest. */
function sizeOf({ document, wire }: Seen): number {
  return 512 + (document?.length ?? 0) + (wire === undefined ? 0 : wire.url.length + (wire.body?.length ?? 0))
}
