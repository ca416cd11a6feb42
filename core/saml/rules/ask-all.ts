import { SamlError, type SamlErrorCode } from '../errors.ts'
import type { Breach, Hint, Hints } from './hints/hint.ts'
import type { Rule } from './rule.ts'
import { Unaskable } from './unaskable.ts'

/** What one rule says of a message. */
export interface Check {
  readonly rule: string
  /** Of the refusal, where the rule is broken; else of the refusal that it would be. */
  readonly code: SamlErrorCode
  /** Null when it could not be asked. */
  readonly holds: boolean | null
  /** The reason of the refusal, or why it could not be asked; null when it holds. */
  readonly message: string | null
  readonly expected: unknown
  readonly actual: unknown
  readonly clause: string
  /** What would have made it hold, as far as it was found. */
  readonly hint: string | null
}

/** Asks every rule, in their order, whatever the ones before said; none stops the others. Of a broken one its hint is asked, if there is one. */
export function askAll<Received>(
  rules: readonly Rule<Received>[],
  received: Received,
  hints: Hints<Received> = {},
): readonly Check[] {
  return rules.map((rule) => ask(rule, received, hints[rule.rule]))
}

function ask<Received>(
  { rule, code, clause, expects, ask }: Rule<Received>,
  received: Received,
  hint: Hint<Received> | undefined,
): Check {
  const about = { rule, code, clause, expected: null, actual: null, hint: null }
  try {
    ask(received)
    return { ...about, holds: true, message: null }
  } catch (error) {
    if (error instanceof Unaskable) return { ...about, holds: null, message: error.message }
    if (!(error instanceof SamlError)) throw error
    const { expected = expects ?? null, actual = reasonBelow(error) } = error.facts
    return {
      ...about,
      code: error.code,
      holds: false,
      message: error.message,
      expected,
      actual,
      hint: hintOf(hint, received, { expected, actual }),
    }
  }
}

/** What cannot be read gives no hint. */
function hintOf<Received>(hint: Hint<Received> | undefined, received: Received, breach: Breach): string | null {
  try {
    return hint?.(received, breach) ?? null
  } catch (error) {
    if (error instanceof Unaskable || error instanceof SamlError) return null
    throw error
  }
}

/** What a step within the rule said of the message, where the refusal itself does not say what came. */
const reasonBelow = ({ cause }: SamlError): string | null => (cause instanceof SamlError ? cause.message : null)
