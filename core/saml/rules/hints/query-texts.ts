import { messageValuesOf } from './message-values.ts'
import type { QueryPart, QueryParts } from './query-parts.ts'
import { selectionsOf } from './query-selections.ts'
import { spellings } from './query-spellings.ts'
import type { Variant } from './way.ts'

/**
 * The texts that may have been signed when this query was sent, each once: what receivers take before all, then one difference, then pairs. A few hundred at
 * most, made as they are asked for.
 */
export function* textsOf(parts: QueryParts): Generator<Variant> {
  const seen = new Set<string>()
  for (const text of candidates(parts)) {
    if (seen.has(text.it)) continue
    seen.add(text.it)
    yield text
  }
}

function* candidates(parts: QueryParts): Generator<Variant> {
  const selections = selectionsOf(parts)
  const messages = messageValuesOf(parts.message)
  const [asSent, ...otherSpellings] = spellings
  const [likeliest, ...otherSelections] = selections
  if (asSent === undefined || likeliest === undefined) return
  for (const selection of selections) yield joined(selection, asSent)
  for (const spelling of otherSpellings) yield joined(likeliest, spelling)
  for (const message of messages) yield joined(withMessage(likeliest, message), asSent)
  for (const selection of otherSelections) {
    for (const spelling of otherSpellings) yield joined(selection, spelling)
  }
  for (const message of messages) {
    for (const spelling of otherSpellings) yield joined(withMessage(likeliest, message), spelling)
    for (const selection of otherSelections) yield joined(withMessage(selection, message), asSent)
  }
}

type Selection = Variant<readonly QueryPart[]>

function joined(selection: Selection, { it: spell, ways }: (typeof spellings)[number]): Variant {
  return { it: selection.it.map(spell).join('&'), ways: [...selection.ways, ...ways] }
}

function withMessage({ it, ways }: Selection, message: Variant<QueryPart>): Selection {
  const isMessage = ({ name }: QueryPart) => name === 'SAMLRequest' || name === 'SAMLResponse'
  return { it: it.map((part) => (isMessage(part) ? message.it : part)), ways: [...ways, ...message.ways] }
}
