import { findDigestAlgorithm, findSignatureAlgorithm } from '#saml/algorithms'
import { signingKeysOf } from '#saml/metadata/role'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { verifyEnveloped } from '#saml/signature/enveloped-signature'
import { type SignaturePolicy, strictPolicy } from '#saml/signature/policy'
import { verifyQuerySignature } from '#saml/signature/query-signature'
import { attributeOf, childOf, elementsOf, type XmlElement } from '#saml/xml/element'
import type { RawMessage } from './raw-message.ts'

/** A message as far as its signature is concerned: in the query that carried it, or in the document itself. */
export interface SignedMessage extends Pick<RawMessage, 'document' | 'signature'> {
  readonly root: XmlElement
}

interface SenderContext {
  /** Whom the message names as its Issuer. */
  readonly sp: SpMetadata
}

// Whether a weak algorithm is good enough is a rule of its own.
const policy: SignaturePolicy = { ...strictPolicy, acceptsWeakDigests: true }

/** Whether anybody claims to have signed the message. */
export function isSigned({ root, signature }: SignedMessage): boolean {
  return (
    signature.kind === 'signed' || (signature.kind === 'in-document' && childOf(root, 'ds:Signature') !== undefined)
  )
}

/**
 * What may be believed of a message: all of it, or only what its own signature covers.
 * @throws SamlError SAML_ALGORITHM, SAML_SIGNATURE_PROFILE, SAML_XML or SAML_SIGNATURE when there is a signature and it is not the sender's.
 */
export function believedOf(message: SignedMessage, { sp }: SenderContext): XmlElement {
  const { document, root, signature } = message
  if (signature.kind === 'signed') verifyQuerySignature(signature, signingKeysOf(sp), policy)
  if (signature.kind !== 'in-document' || !isSigned(message)) return root
  return verifyEnveloped({ document: document.toString(), root, element: root }, signingKeysOf(sp), policy)
}

type WeakAlgorithm = { readonly kind: 'signature' | 'digest'; readonly uri: string }

/** The first algorithm of its signature that is known to be weak. */
export function weakAlgorithm({ root, signature }: SignedMessage): WeakAlgorithm | undefined {
  if (signature.kind === 'signed') return ifWeak('signature', signature.algorithm)
  const element = signature.kind === 'in-document' ? childOf(root, 'ds:Signature') : undefined
  for (const part of element === undefined ? [] : elementsOf(element)) {
    const uri = attributeOf(part, 'Algorithm') ?? ''
    const weak = part.key === 'ds:DigestMethod' ? ifWeak('digest', uri) : ifWeak('signature', uri)
    if (weak !== undefined) return weak
  }
  return undefined
}

function ifWeak(kind: WeakAlgorithm['kind'], uri: string): WeakAlgorithm | undefined {
  const algorithm = kind === 'digest' ? findDigestAlgorithm(uri) : findSignatureAlgorithm(uri)
  return algorithm?.weak === true ? { kind, uri } : undefined
}
