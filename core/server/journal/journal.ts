import { type Clock, systemClock } from '../clock.ts'
import { type JournalBounds, type JournalWatcher, keepEntries } from './kept-entries.ts'
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
  /** Settled once all that any replica had noted and settled is here to be read: before each reading. At once where there is one process. @throws StoreUnavailable */
  catchUp(): Promise<void>
  /** Is told, soon after and once for many, that there is more, and that there was a reset; answers how to be told no longer. */
  watch(watcher: JournalWatcher): () => void
  /** Forgets everything but that there was a reset. Who watches is told before. */
  reset(): void
  /** Ends every watch, also one that begins later. */
  close(): void
}

/** Ten thousand entries, and 32 MiB a lab. */
export const usualBounds: JournalBounds = { entries: 10_000, octets: 32 * 1024 * 1024 }

/** A journal in memory. What would not fit pushes out what is oldest. */
export function createJournal(bounds: JournalBounds = usualBounds, real: Clock = systemClock): Journal {
  const kept = keepEntries(bounds)
  const add = (party: string, clock: number, seen: Seen): number => {
    const seq = kept.last + 1
    // Each property behind a spread costs V8 a microsecond.
    kept.add({ seq, at: real.now(), party, clock, ...seen })
    return seq
  }
  return {
    of: (party, clock) => ({ note: (seen) => add(party, clock.now(), seen) }),
    since: kept.since,
    get: kept.get,
    get last() {
      return kept.last
    },
    get dropped() {
      return kept.dropped
    },
    watch: kept.watch,
    catchUp: async () => {},
    reset() {
      kept.forget()
      add('', real.now(), { what: 'reset' })
    },
    close: kept.close,
  }
}
