import { differencesOfAddresses } from './addresses.ts'
import type { Difference } from './difference.ts'
import { differencesOfTexts } from './texts.ts'

/** A text that somebody could have written by mistake. */
export interface KnownText {
  /** As it stands in a sentence: `the ACS of this service provider`, `the ID of an older request`. */
  readonly label: string
  readonly value: string
}

interface Compared {
  /** Any of them would have done. */
  readonly expected: string | readonly string[]
  readonly actual: string
  readonly others?: readonly KnownText[] | undefined
}

/** Longer than any name or address may be. */
const LONGEST = 8 * 1024

const differences: readonly Difference[] = [...differencesOfTexts, ...differencesOfAddresses]

/**
 * What would have made an Issuer, Destination, Audience, Recipient or InResponseTo the expected one: what it is instead when it is another known value, or
 * the only thing in which it differs. Undefined when it differs in more than that.
 */
export function hintForText({ expected, actual, others = [] }: Compared): string | undefined {
  const known = others.find(({ value }) => value === actual)
  if (known !== undefined) return `that is ${known.label}`
  const all = typeof expected === 'string' ? [expected] : expected
  if (all.includes(actual) || [actual, ...all].some(({ length }) => length > LONGEST)) return undefined
  for (const difference of differences) {
    for (const each of all) {
      const hint = difference(each, actual)
      if (hint !== undefined) return hint
    }
  }
  return undefined
}
