/** Every reason for which a SAML message, document or address is refused. Stable: programs switch on it. */
export type SamlErrorCode =
  // wire form (saml-bindings-2.0 §3.2, §3.4, §3.5)
  | 'SAML_QUERY_MALFORMED'
  | 'SAML_QUERY_AMBIGUOUS'
  | 'SAML_MESSAGE_MISSING'
  | 'SAML_BASE64'
  | 'SAML_DEFLATE'
  | 'SAML_TOO_LARGE'
  | 'SAML_SOAP'
  // document (saml-core-2.0 §1.3, the schemas)
  | 'SAML_ENCODING'
  | 'SAML_XML'
  | 'SAML_SCHEMA'
  | 'SAML_ROOT'
  // signature (saml-core-2.0 §5, saml-bindings-2.0 §3.4.4.1)
  | 'SAML_UNSIGNED'
  | 'SAML_SIGNATURE'
  | 'SAML_SIGNATURE_PROFILE'
  | 'SAML_ALGORITHM'
  | 'SAML_KEY'
  // who and where
  | 'SAML_ISSUER'
  | 'SAML_ISSUER_MISSING'
  | 'SAML_DESTINATION'
  | 'SAML_ACS'
  | 'SAML_AUDIENCE'
  | 'SAML_RECIPIENT'
  // when, and in answer to what
  | 'SAML_INSTANT'
  | 'SAML_EXPIRED'
  | 'SAML_NOT_YET_VALID'
  | 'SAML_REPLAY'
  | 'SAML_IN_RESPONSE_TO'
  | 'SAML_VERSION'
  // what it says
  | 'SAML_STATUS'
  | 'SAML_ASSERTION'
  | 'SAML_SUBJECT'
  | 'SAML_AUTHN_STATEMENT'
  | 'SAML_ATTRIBUTES'
  | 'SAML_ENCRYPTED'
  | 'SAML_RELAY_STATE'
  | 'SAML_SESSION'
  // metadata (saml-metadata-2.0)
  | 'SAML_METADATA'
  | 'SAML_ENDPOINT_MISSING'
  | 'SAML_ENDPOINT_AMBIGUOUS'
  // realm resolution (Elasticsearch)
  | 'SAML_REALM'

/** What a program or a log may want to know beside the sentence: `expected`, `actual`, identifiers. Never a secret. */
export type SamlErrorFacts = Readonly<Record<string, unknown>>

/** A peer's fault: its message, document or address is refused. Our own misuse is a `TypeError` instead. */
export class SamlError extends Error {
  override readonly name = 'SamlError'
  readonly code: SamlErrorCode
  readonly facts: SamlErrorFacts

  constructor(code: SamlErrorCode, message: string, facts: SamlErrorFacts = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.facts = facts
  }
}
