import { decodeBase64 } from '#saml/bindings/base64'
import { SamlError } from '#saml/errors'
import { signingKeysOf } from '#saml/metadata/role'
import { verifyEnveloped } from '#saml/signature/enveloped-signature'
import { lenientPolicy } from '#saml/signature/policy'
import { verifyQuerySignature } from '#saml/signature/query-signature'
import type { TrustedKey } from '#saml/signature/trusted-key'
import { childOf, type XmlElement } from '#saml/xml/element'
import type { ReceivedQuery } from '../query-string.ts'
import type { RealmContext } from '../realm-config.ts'
import { inTheWordsOfANode, refuse } from '../refusals.ts'
import { abridgedText } from './message.ts'

export type QuerySignatureVerdict = 'signed' | 'unsigned'

/**
 * Judges the signature of a query: `unsigned` when `SigAlg` or `Signature` is missing (spec §3.4).
 * @throws SamlError SAML_BASE64 or SAML_SIGNATURE when both are there and no signing key of the IdP verifies them.
 */
export function judgeQuerySignature(query: ReceivedQuery, { idpMetadata }: RealmContext): QuerySignatureVerdict {
  const algorithm = query.parameters.get('SigAlg')
  const signature = query.parameters.get('Signature')
  if (algorithm === undefined || signature === undefined) return 'unsigned'
  const value = inTheWordsOfANode(() => decodeBase64(signature, { lenient: true }))
  const trustedKeys = signingKeysOf(idpMetadata())
  try {
    verifyQuerySignature({ algorithm, value, octets: query.signedOctets }, trustedKeys, lenientPolicy)
  } catch (cause) {
    throw notValidated(signature.slice(0, 32), trustedKeys, cause)
  }
  return 'signed'
}

/**
 * Judges the signature embedded in the root of a document or in an Assertion of it, and answers the element as it was signed.
 * @throws SamlError SAML_SIGNATURE in the words of a node, whatever was wrong with it.
 */
export function judgeEmbeddedSignature(
  { document, root, element }: { document: Buffer; root: XmlElement; element: XmlElement },
  { idpMetadata }: RealmContext,
): XmlElement {
  const trustedKeys = signingKeysOf(idpMetadata())
  try {
    return verifyEnveloped({ document: document.toString('utf8'), root, element }, trustedKeys, lenientPolicy)
  } catch (cause) {
    const signature = childOf(element, 'ds:Signature') ?? element
    throw notValidated(abridgedText(signature, 32), trustedKeys, cause)
  }
}

function notValidated(signature: string, trustedKeys: readonly TrustedKey[], cause: unknown): SamlError {
  if (!(cause instanceof SamlError)) throw cause
  const certificates = trustedKeys.map(({ certificateBase64 }) => `${certificateBase64.slice(0, 64)}...`)
  const reason = `SAML Signature [${signature}] could not be validated against [${certificates.join(',')}]`
  return refuse('SAML_SIGNATURE', reason, { cause, because: cause.message })
}
