import type { Hint } from './hint.ts'
import { hintForText, type KnownText } from './text.ts'

/** More than any message has. */
const MOST = 64

/**
 * A hint for a rule that compares texts: an address, a name, an ID. `others` are the texts that somebody could have written by mistake. Of several that came,
 * none of which would do, the first is told about which something can be said.
 */
export function compared<Received>(others: (received: Received) => readonly KnownText[] = () => []): Hint<Received> {
  return (received, breach) => {
    const expected = textsIn(breach.expected)
    const actual = textsIn(breach.actual)
    const known = others(received).filter(({ value }) => value !== '')
    for (const each of actual.slice(0, MOST)) {
      const hint = hintForText({ expected, actual: each, others: known })
      if (hint !== undefined) return actual.length === 1 ? hint : `[${each.slice(0, 128)}]: ${hint}`
    }
    return undefined
  }
}

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
