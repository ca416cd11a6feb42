import { decodeBase64 } from '#saml/bindings/base64'
import { SamlError } from '#saml/errors'
import { signingKeysOf } from '#saml/metadata/role'
import { verifyEnveloped } from '#saml/signature/enveloped-signature'
import { lenientPolicy } from '#saml/signature/policy'
import { verifyQuerySignature } from '#saml/signature/query-signature'
import type { TrustedKey } from '#saml/signature/trusted-key'
import { childOf, type XmlElement } from '#saml/xml/element'
import type { ReceivedQuery } from '../query-string.ts'
import { inTheWordsOfANode, refuse } from '../refusals.ts'
import { abridgedText } from './message.ts'
import type { Receiver } from './receiver.ts'

/** The signature of a query, decoded and not yet judged. */
export interface QuerySignature {
  readonly algorithm: string
  readonly value: Buffer
  /** As it stands in the query. */
  readonly text: string
}

/** Whether it has a signature at all: with `SigAlg` or `Signature` alone it has none (spec §3.4). */
export const isQuerySigned = ({ parameters }: ReceivedQuery): boolean =>
  parameters.has('SigAlg') && parameters.has('Signature')

/**
 * The signature of a query; undefined when it has none.
 * @throws SamlError SAML_BASE64
 */
export function querySignatureOf({ parameters }: ReceivedQuery): QuerySignature | undefined {
  const algorithm = parameters.get('SigAlg')
  const text = parameters.get('Signature')
  if (algorithm === undefined || text === undefined) return undefined
  return { algorithm, text, value: inTheWordsOfANode(() => decodeBase64(text, { lenient: true })) }
}

/** @throws SamlError SAML_SIGNATURE when no signing key of the IdP verifies it. */
export function judgeQuerySignature(
  { algorithm, value, text }: QuerySignature,
  { signedOctets }: ReceivedQuery,
  { idpMetadata }: Receiver,
): void {
  const trustedKeys = signingKeysOf(idpMetadata())
  try {
    verifyQuerySignature({ algorithm, value, octets: signedOctets }, trustedKeys, lenientPolicy)
  } catch (cause) {
    throw notValidated(text.slice(0, 32), trustedKeys, cause)
  }
}

/**
 * Judges the signature embedded in the root of a document or in an Assertion of it, and answers the element as it was signed.
 * @throws SamlError SAML_SIGNATURE in the words of a node, whatever was wrong with it.
 */
export function judgeEmbeddedSignature(
  { document, root, element }: { document: Buffer; root: XmlElement; element: XmlElement },
  { idpMetadata }: Receiver,
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
  const facts = { expected: `a signature by a key of [${certificates.join(',')}]`, actual: cause.message }
  return refuse('SAML_SIGNATURE', reason, { cause, because: cause.message, ...facts })
}
