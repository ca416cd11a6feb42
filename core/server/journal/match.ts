import type { KeptSeen } from './seen.ts'

/** What is looked for: each named field as it must be; null where there must be none. */
export type Match = Readonly<Record<string, unknown>>

/** How the fields of an entry are read, as outsiders see them: null where there is nothing. */
export interface FieldReader {
  /** What is known of a field without decoding anything; undefined when that is not enough. */
  inHand(entry: KeptSeen, field: string): unknown
  /** Decodes where it must. */
  read(entry: KeptSeen, field: string): unknown
}

/**
 * Whether entries are what is looked for (`spec/contract.md` §2.7): every named field is equal; in a list, contained; within a mapping, the named ones. What is in hand is compared
 * first, and nothing is decoded of an entry that differs in it already.
 */
export function matcher(match: Match, reader: FieldReader): (entry: KeptSeen) => boolean {
  const wanted = Object.entries(match).filter(([, value]) => value !== undefined)
  return (entry) => {
    const undecided: (readonly [string, unknown])[] = []
    for (const field of wanted) {
      const value = reader.inHand(entry, field[0])
      if (value === undefined) undecided.push(field)
      else if (!fits(field[1], value)) return false
    }
    return undecided.every(([field, value]) => fits(value, reader.read(entry, field)))
  }
}

/** The named fields in which an entry is not what is looked for, in the order in which they were named. */
export function differences(match: Match, entry: KeptSeen, reader: FieldReader): string[] {
  const wanted = Object.entries(match).filter(([, value]) => value !== undefined)
  return wanted.flatMap(([field, value]) => (fits(value, fieldOf(entry, field, reader)) ? [] : [field]))
}

function fieldOf(entry: KeptSeen, field: string, reader: FieldReader): unknown {
  const value = reader.inHand(entry, field)
  return value === undefined ? reader.read(entry, field) : value
}

/** In how many fields an entry differs for sure, as far as that shows without decoding. */
export function leastDifferences(match: Match, entry: KeptSeen, reader: FieldReader): number {
  let differing = 0
  for (const field in match) {
    const wanted = match[field]
    const value = wanted === undefined ? undefined : reader.inHand(entry, field)
    if (value !== undefined && !fits(wanted, value)) differing += 1
  }
  return differing
}

function fits(wanted: unknown, value: unknown): boolean {
  if (wanted === value) return true
  if (wanted === null) return value === undefined || (Array.isArray(value) && value.length === 0)
  if (Array.isArray(value)) return containsAll(value, Array.isArray(wanted) ? wanted : [wanted])
  if (!isMapping(wanted) || !isMapping(value)) return false
  return Object.entries(wanted).every(([name, inner]) => inner === undefined || fits(inner, ownOf(value, name)))
}

const containsAll = (list: readonly unknown[], wanted: readonly unknown[]): boolean =>
  wanted.every((each) => list.some((one) => fits(each, one)))

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function ownOf(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}
