import { SamlError } from '#saml/errors'

/** Whom and what a refused message names, as far as it could be read, and where the journal tells of it. */
export interface AboutRefused {
  /** Its Issuer, who need not have sent it. */
  readonly from?: string | undefined
  /** Its Destination. */
  readonly to?: string | undefined
  readonly inResponseTo?: string | undefined
  /** Undefined where there is no journal. */
  readonly seq?: number | undefined
}

/** The refusal of a message that stands in the journal. */
export class RefusedMessage extends SamlError {
  readonly about: AboutRefused

  constructor({ code, message, facts, cause }: SamlError, about: AboutRefused) {
    super(code, message, facts, { cause })
    this.about = about
  }
}

export const aboutRefused = (error: SamlError): AboutRefused => (error instanceof RefusedMessage ? error.about : {})

/**
 * What a log line says of a refusal beside its sentence: from whom the message says that it comes and to whom it goes, if that is not what was wrong, what was
 * expected, and its entry in the journal. What else it says is nobody's to read in a log.
 */
export function factsOfRefusal(error: SamlError): Readonly<Record<string, unknown>> {
  const { code, facts } = error
  const { from, to, seq } = aboutRefused(error)
  const named = Object.entries({ from, to }).filter(([, name]) => name !== undefined && name !== facts['actual'])
  return { code, ...Object.fromEntries(named), ...facts, ...(seq !== undefined && { seq }) }
}
