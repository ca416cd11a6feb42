import { Breach, refusalOf, type Tolerance } from './tolerance.ts'

/** One rule about a message. It throws a SamlError when the message must be refused, a Breach when that is so unless a word lets it pass. */
export type Rule<Message, Context> = (message: Message, context: Context) => void

/**
 * Tries the rules in their order and answers the breaches that were tolerated.
 * @throws SamlError of the first rule that is broken and not tolerated; a tolerable one names its word.
 */
export function judge<Message, Context extends { readonly tolerate: readonly Tolerance[] }>(
  rules: readonly Rule<Message, Context>[],
  message: Message,
  context: Context,
): readonly Breach[] {
  return rules.flatMap((rule) => {
    const breach = breachOf(() => rule(message, context))
    return breach === undefined ? [] : [tolerated(breach, context.tolerate)]
  })
}

/** @throws SamlError, which names the word, when the breach is not tolerated. */
export function tolerated(breach: Breach, tolerate: readonly Tolerance[]): Breach {
  if (tolerate.includes(breach.word)) return breach
  throw refusalOf(breach)
}

function breachOf(attempt: () => void): Breach | undefined {
  try {
    attempt()
    return undefined
  } catch (error) {
    if (error instanceof Breach) return error
    throw error
  }
}
