import { differences, type FieldReader, leastDifferences, type Match } from './match.ts'
import type { KeptSeen } from './seen.ts'

/** An entry that is not what was looked for, and in what. */
export interface NearEntry {
  readonly entry: KeptSeen
  readonly differsIn: readonly string[]
}

const mostNear = 3

/**
 * The three entries that differ in the fewest fields from what is looked for, the newest first among equals. Only those are decoded that could be among them by what is in hand.
 */
export function nearestEntries(match: Match, entries: readonly KeptSeen[], reader: FieldReader): NearEntry[] {
  const candidates: KeptSeen[][] = []
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index] as KeptSeen
    const least = leastDifferences(match, entry, reader)
    candidates[least] ??= []
    candidates[least].push(entry)
  }
  let best: NearEntry[] = []
  for (const [least, group = []] of candidates.entries()) {
    for (const entry of group) {
      const worst = best[mostNear - 1]
      const cannotBeNearer = worst !== undefined && worst.differsIn.length <= least && entry.seq < worst.entry.seq
      if (cannotBeNearer) break
      best = [...best, { entry, differsIn: differences(match, entry, reader) }].sort(nearerFirst).slice(0, mostNear)
    }
  }
  return best
}

const nearerFirst = (one: NearEntry, other: NearEntry): number =>
  one.differsIn.length - other.differsIn.length || other.entry.seq - one.entry.seq
