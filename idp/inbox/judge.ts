import type { Rule } from '#saml/rules/rule'
import { Breach, refusalOf, type Tolerance } from './tolerance.ts'

/** Who says what is tolerated of a sender, when a departure from the standard makes somebody ask. */
export interface Tolerant {
  tolerate(): readonly Tolerance[]
}

/**
 * Asks the rules in their order and answers the breaches that were tolerated.
 * @throws SamlError of the first rule that is broken and not tolerated; a tolerable one names its word.
 */
export function judge<Message extends Tolerant>(rules: readonly Rule<Message>[], message: Message): readonly Breach[] {
  return rules.flatMap(({ ask }) => letPass(() => ask(message), message))
}

/**
 * Does something of which a breach may be tolerated, and answers that breach.
 * @throws SamlError, which names the word, when it is not tolerated.
 */
export function letPass(ask: () => void, { tolerate }: Tolerant): readonly Breach[] {
  try {
    ask()
    return []
  } catch (error) {
    if (!(error instanceof Breach)) throw error
    if (tolerate().includes(error.word)) return [error]
    throw refusalOf(error)
  }
}
