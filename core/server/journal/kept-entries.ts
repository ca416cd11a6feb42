import type { KeptSeen, Seen } from './seen.ts'

export interface JournalWatcher {
  more(): void
  /** At once: what was waited for will not come any more. */
  ended(why: 'reset' | 'closed'): void
}

export interface JournalBounds {
  readonly entries: number
  readonly octets: number
}

/** Numbered entries without a hole between them, as many as fit. */
export interface KeptEntries {
  /** Takes the next one, whose `seq` is one more than that of the last. What would not fit pushes out what is oldest. */
  add(entry: KeptSeen): void
  since(after?: number): readonly KeptSeen[]
  get(seq: number): KeptSeen | undefined
  readonly last: number
  readonly dropped: number
  watch(watcher: JournalWatcher): () => void
  /** Whether anybody watches. */
  readonly isWatched: boolean
  /** Tells who watches that there was a reset, and forgets all. */
  forget(): void
  /** Drops everything that is kept, counts it and `lost` more entries as dropped, and continues behind `seq`. */
  skipTo(seq: number, lost: number): void
  close(): void
}

/** Entries in memory. */
export function keepEntries(bounds: JournalBounds): KeptEntries {
  let kept: (KeptSeen | undefined)[] = []
  /** Where the oldest stands in `kept`; the empty places before it are removed now and then. */
  let head = 0
  let octets = 0
  let last = 0
  let dropped = 0
  let isToldSoon = false
  let isClosed = false
  const watchers = new Set<JournalWatcher>()
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
  const empty = () => {
    kept = []
    head = octets = 0
  }
  const indexOf = (seq: number): number => kept.length - 1 - (last - seq)
  return {
    add(entry) {
      last = entry.seq
      kept.push(entry)
      octets += sizeOf(entry)
      while (kept.length - head > 1 && (kept.length - head > bounds.entries || octets > bounds.octets)) dropOldest()
      if (watchers.size > 0 && !isToldSoon) tellSoon()
    },
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
    get isWatched() {
      return watchers.size > 0
    },
    forget() {
      end('reset')
      empty()
      dropped = 0
    },
    skipTo(seq, lost) {
      dropped += kept.length - head + lost
      empty()
      last = seq
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
