import type { Rule } from './rule.ts'

/**
 * Asks the rules in their order, as a receiver does.
 * @throws SamlError of the first that is broken.
 */
export function stopAtFirst<Received>(rules: readonly Rule<Received>[], received: Received): void {
  for (const rule of rules) rule.ask(received)
}
