import { SamlError, type SamlErrorCode, type SamlErrorFacts } from '#saml/errors'

/** Where a node's answer names an exception behind the refusal. */
interface CausedBy {
  readonly type: string
  readonly reason: string
}

/** A refusal in the words of a node; `causedBy` becomes `caused_by` in its answer (spec §1.2). */
export function refuse(
  code: SamlErrorCode,
  reason: string,
  { cause, causedBy, ...facts }: SamlErrorFacts & { cause?: unknown; causedBy?: CausedBy } = {},
): SamlError {
  return new SamlError(code, reason, causedBy === undefined ? facts : { ...facts, causedBy }, { cause })
}

/**
 * Runs one step of reading a message and turns what the protocol core refuses into the sentence that a node gives for this step.
 * What the core never throws passes through.
 */
export function inTheWordsOfANode<T>(step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw error instanceof SamlError ? translate(error) : error
  }
}

function translate(error: SamlError): SamlError {
  const { code, message: reason } = error
  switch (code) {
    case 'SAML_BASE64':
      return refuse(code, 'SAML message cannot be Base64 decoded', {
        cause: error,
        causedBy: { type: 'illegal_argument_exception', reason },
      })
    case 'SAML_DEFLATE':
      return refuse(code, 'SAML message cannot be inflated', {
        cause: error,
        causedBy: inflateFailure(error),
      })
    case 'SAML_XML':
    case 'SAML_SCHEMA':
    case 'SAML_ENCODING':
    case 'SAML_INSTANT':
    case 'SAML_TOO_LARGE':
      return refuse(code, 'Failed to parse SAML message', {
        cause: error,
        causedBy: { type: 's_a_x_parse_exception', reason },
      })
    default:
      return error
  }
}

function inflateFailure({ message, facts }: SamlError): CausedBy {
  if (facts['truncated'] === true) {
    return { type: 'e_o_f_exception', reason: 'Unexpected end of ZLIB input stream' }
  }
  return { type: 'zip_exception', reason: message }
}

/** An instant as Java prints it: no fraction when it is zero. */
export function javaInstant(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z')
}
