import { expectations } from '../inbox/expectations.ts'

interface RefusalFact {
  readonly name: string
  readonly value: string
}

/** What a person is shown about a refusal: what was expected, what arrived, and whatever else is known. */
export function refusalFacts(code: string, facts: Readonly<Record<string, unknown>>): readonly RefusalFact[] {
  const { expected = expectations[code], actual, ...others } = facts
  return Object.entries({ Expected: expected, Arrived: actual, ...others }).flatMap(([name, fact]) => {
    return fact === undefined || fact === null ? [] : [{ name: inWords(name), value: factText(fact) }]
  })
}

function factText(fact: unknown): string {
  const text = Array.isArray(fact) ? fact.join(', ') : String(fact)
  return text.slice(0, 512)
}

/** `trustedKeys` → `Trusted keys`. */
function inWords(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter, at: number) => (at === 0 ? letter : ` ${letter.toLowerCase()}`))
  return words.charAt(0).toUpperCase() + words.slice(1)
}
