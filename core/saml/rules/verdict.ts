import type { SamlErrorCode } from '../errors.ts'
import type { Check } from './ask-all.ts'

/** What the checks of a message amount to: nothing that could be asked was broken, or the code of the first that was. */
export function verdictOf(checks: readonly Check[]): {
  readonly accepted: boolean
  readonly refusal: SamlErrorCode | null
} {
  const refusal = checks.find(({ holds }) => holds === false)?.code ?? null
  return { accepted: refusal === null, refusal }
}
