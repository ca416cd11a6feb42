import type { RedirectMessage } from '#saml/bindings/redirect'
import { parseAuthnRequest } from '#saml/messages/authn-request'
import { signingKeysOf } from '#saml/metadata/role'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { readMessage } from '#saml/schema/message'
import { verifyEnveloped } from '#saml/signature/enveloped-signature'
import { strictPolicy } from '#saml/signature/policy'
import { verifyQuerySignature } from '#saml/signature/query-signature'
import { childOf, type XmlElement } from '#saml/xml/element'
import { getIssuer } from '../directory/get-issuer.ts'
import type { SpDirectory } from '../directory/sp-directory.ts'
import { getAcsUrl } from './acs-url.ts'
import { checkAuthnRequest } from './check-authn-request.ts'
import type { SsoTask } from './sso-task.ts'

/** An AuthnRequest as it came, by redirect or by POST. */
export interface ReceivedAuthnRequest {
  readonly document: Buffer
  readonly relayState: string | undefined
  readonly signature: RedirectMessage['signature'] | { readonly kind: 'in-document' }
}

interface Context {
  readonly serviceProviders: SpDirectory
  readonly ssoUrl: string
  readonly now: number
  readonly skewMs: number
}

/**
 * Guarantees that a known service provider wants this login and that the answer goes to an address of its own.
 * In this order on purpose: only what a signature covers is read after it has verified, and the ACS is chosen last.
 * @throws SamlError naming the first rule that is broken. It must not be sent to the service provider.
 */
export function acceptAuthnRequest(received: ReceivedAuthnRequest, context: Context): Omit<SsoTask, 'id'> {
  const root = readMessage(received.document)
  const sp = getIssuer(root, context.serviceProviders)
  const { signed, believed } = verifySignature(received, root, sp)
  const request = parseAuthnRequest(believed)
  const { relayState } = received
  checkAuthnRequest(request, { ...context, sp, signed, relayState })
  return { spEntityId: sp.entityId, acsUrl: getAcsUrl(sp, request), relayState, request }
}

interface Verified {
  readonly signed: boolean
  /** What may be read: all of the document, or only what its own signature covers. */
  readonly believed: XmlElement
}

function verifySignature({ document, signature }: ReceivedAuthnRequest, root: XmlElement, sp: SpMetadata): Verified {
  if (signature.kind === 'signed') {
    verifyQuerySignature(signature, signingKeysOf(sp), strictPolicy)
    return { signed: true, believed: root }
  }
  if (signature.kind === 'unsigned' || childOf(root, 'ds:Signature') === undefined) {
    return { signed: false, believed: root }
  }
  const signedDocument = { document: document.toString(), root, element: root }
  return { signed: true, believed: verifyEnveloped(signedDocument, signingKeysOf(sp), strictPolicy) }
}
