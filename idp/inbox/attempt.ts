import { SamlError } from '#saml/errors'

/** What the work answers, or the refusal of a peer's message as a value. */
export function attempt<T>(work: () => T): T | SamlError {
  try {
    return work()
  } catch (error) {
    if (error instanceof SamlError) return error
    throw error
  }
}
