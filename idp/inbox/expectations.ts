import type { SamlError, SamlErrorCode } from '#saml/errors'

/** What was expected where the refusal itself does not say, because nothing can be compared with a single right value. */
const known = {
  SAML_QUERY_MALFORMED: 'printable ASCII with whole escapes',
  SAML_QUERY_AMBIGUOUS: 'each parameter of the binding at most once, spelled literally',
  SAML_MESSAGE_MISSING: 'one SAML message',
  SAML_BASE64: 'standard base64',
  SAML_DEFLATE: 'one raw DEFLATE stream (RFC 1951)',
  SAML_ENCODING: 'UTF-8',
  SAML_XML: 'one well-formed XML 1.0 document without DOCTYPE and processing instructions',
  SAML_SCHEMA: 'a message that the OASIS schemas allow',
  SAML_UNSIGNED: 'a signature',
  SAML_SIGNATURE: 'a signature that a key in the metadata of the sender made over exactly what arrived',
  SAML_SIGNATURE_PROFILE: 'an enveloped signature over the whole message (saml-core-2.0 §5.4)',
  SAML_ALGORITHM: 'RSA or ECDSA with SHA-256, SHA-384 or SHA-512',
  SAML_ISSUER_MISSING: 'the entity id of the sender as Issuer',
  SAML_INSTANT: 'an instant such as 2031-05-04T12:00:00Z',
} satisfies Partial<Record<SamlErrorCode, string>>

/** By the code of the refusal. */
export const expectations: Readonly<Record<string, string | undefined>> = known

/** Why a message is refused, in a sentence for people. */
export function reasonOf({ code, message }: SamlError): string {
  // The decoder speaks in the words of the JDK, for those who emulate one.
  return code === 'SAML_BASE64' ? `the message is not base64: ${message}` : message
}
