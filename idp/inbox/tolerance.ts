import { SamlError, type SamlErrorCode, type SamlErrorFacts } from '#saml/errors'

/** What a service provider may do and still be believed: the word of `sloop.yml`, and the code under which it is refused without that word. */
const codes = {
  /** A RelayState of more than 80 octets (saml-bindings-2.0 §3.4.3): SimpleSAMLphp and mellon put the way back there. */
  longRelayState: 'SAML_RELAY_STATE',
  /** A signature or a digest with SHA-1. */
  weakAlgorithms: 'SAML_ALGORITHM',
  /** A message without any signature where the profile or the sender's metadata promises one. */
  unsigned: 'SAML_UNSIGNED',
  /** A signed message that names no receiver. */
  noDestination: 'SAML_DESTINATION',
  /** A NameID with the value that was issued, whatever its Format and qualifiers say. */
  looseNameId: 'SAML_SESSION',
} as const satisfies Record<string, SamlErrorCode>

export type Tolerance = keyof typeof codes

export const tolerances = Object.keys(codes) as readonly Tolerance[]

/** What real service providers do, and most identity providers take. */
export const defaultTolerances: readonly Tolerance[] = ['longRelayState', 'weakAlgorithms']

/** A departure from the standard that a word lets pass. */
export class Breach extends SamlError {
  readonly word: Tolerance

  constructor(word: Tolerance, message: string, facts: SamlErrorFacts = {}) {
    super(codes[word], message, facts)
    this.word = word
  }
}

/** The refusal of a breach that is not tolerated: it names the word that would have let it pass. */
export function refusalOf({ code, word, message, facts }: Breach): SamlError {
  return new SamlError(code, `${message} (tolerate: [${word}] would let it pass)`, { ...facts, tolerate: word })
}
