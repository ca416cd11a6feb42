import { SamlError } from '#saml/errors'

/** What became of a peer's message: what was asked for, or the refusal as a value. */
export type Verdict<T> = T | SamlError

/** The verdict of the work. */
export function attempt<T>(work: () => T): Verdict<T> {
  try {
    return work()
  } catch (error) {
    return refusalIn(error)
  }
}

/** The refusal of a peer's message. @throws whatever else went wrong. */
export function refusalIn(error: unknown): SamlError {
  if (error instanceof SamlError) return error
  throw error
}
