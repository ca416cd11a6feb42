import { type FieldReader, type Match, matcher } from './match.ts'
import { type NearEntry, nearestEntries } from './nearest-entries.ts'
import type { KeptSeen } from './seen.ts'

/** What entries are expected to be. */
export type Expectation =
  | { readonly match: Match; readonly atLeast?: number | undefined; readonly atMost?: number | undefined }
  | { readonly inOrder: readonly Match[] }

/** Why an expectation does not hold. */
export interface NotVerified {
  readonly message: string
  readonly expected: unknown
  readonly actual: unknown
  readonly nearest: readonly NearEntry[]
}

/** Undefined when what is expected of these entries holds. */
export function whyNotVerified(
  expectation: Expectation,
  entries: readonly KeptSeen[],
  reader: FieldReader,
): NotVerified | undefined {
  return 'match' in expectation
    ? whyNotSoMany(expectation, entries, reader)
    : whyNotInOrder(expectation.inOrder, entries, reader)
}

function whyNotSoMany(
  { match, atLeast = 0, atMost = Number.POSITIVE_INFINITY }: Extract<Expectation, { match: Match }>,
  entries: readonly KeptSeen[],
  reader: FieldReader,
): NotVerified | undefined {
  const found = entries.filter(matcher(match, reader))
  const { length: actual } = found
  if (actual >= atLeast && actual <= atMost) return undefined
  const expected = wordsOf(atLeast, atMost)
  const message = `expected ${expected} of ${inWords(match)}, found ${actual}`
  const surplus = found.slice(-3).reverse()
  const nearest =
    actual > atMost ? surplus.map((entry) => ({ entry, differsIn: [] })) : nearestOthers(match, entries, reader)
  return { message, expected, actual, nearest }
}

function nearestOthers(match: Match, entries: readonly KeptSeen[], reader: FieldReader): NearEntry[] {
  const isMeant = matcher(match, reader)
  return nearestEntries(
    match,
    entries.filter((entry) => !isMeant(entry)),
    reader,
  )
}

function wordsOf(atLeast: number, atMost: number): string {
  if (atLeast === atMost) return `exactly ${atLeast}`
  if (atMost === Number.POSITIVE_INFINITY) return `at least ${atLeast}`
  return atLeast === 0 ? `at most ${atMost}` : `from ${atLeast} to ${atMost}`
}

function whyNotInOrder(
  matches: readonly Match[],
  entries: readonly KeptSeen[],
  reader: FieldReader,
): NotVerified | undefined {
  let from = 0
  for (const [index, match] of matches.entries()) {
    const found = entries.slice(from).findIndex(matcher(match, reader))
    if (found < 0) return missingInOrder({ index, match, rest: entries.slice(from), before: entries[from - 1], reader })
    from += found + 1
  }
  return undefined
}

interface Missing {
  readonly index: number
  readonly match: Match
  /** What stands behind the one before. */
  readonly rest: readonly KeptSeen[]
  readonly before: KeptSeen | undefined
  readonly reader: FieldReader
}

function missingInOrder({ index, match, rest, before, reader }: Missing): NotVerified {
  const behind = before === undefined ? '' : ` behind entry ${before.seq}`
  const message = `inOrder[${index}]: there is no ${inWords(match)}${behind}`
  return { message, expected: match, actual: null, nearest: nearestEntries(match, rest, reader) }
}

const longestWords = 512

/** What is looked for, in a sentence. */
export function inWords(match: Match): string {
  const words = JSON.stringify(match)
  return words.length > longestWords ? `${words.slice(0, longestWords - 1)}…` : words
}
