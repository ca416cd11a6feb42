import { parseAuthnRequest } from '#saml/messages/authn-request'
import { readMessage } from '#saml/schema/message'
import { getIssuer } from '../directory/get-issuer.ts'
import type { SpDirectory } from '../directory/sp-directory.ts'
import { judge } from '../inbox/judge.ts'
import { believedOf, isSigned, type SignedMessage, strongAlgorithms } from '../inbox/signature-rules.ts'
import type { Breach } from '../inbox/tolerance.ts'
import { getAcsUrl } from './acs-url.ts'
import { checkAuthnRequest } from './check-authn-request.ts'
import type { SsoTask } from './sso-task.ts'

/** An AuthnRequest as it came, by redirect or by POST. */
export interface ReceivedAuthnRequest extends Omit<SignedMessage, 'root'> {
  readonly relayState: string | undefined
}

interface Context {
  readonly serviceProviders: SpDirectory
  readonly ssoUrl: string
  readonly now: number
  readonly skewMs: number
}

interface AcceptedAuthnRequest {
  readonly task: Omit<SsoTask, 'id'>
  readonly tolerated: readonly Breach[]
}

/**
 * Guarantees that a known service provider wants this login and that the answer goes to an address of its own.
 * In this order on purpose: only what a signature covers is read after it has verified, and the ACS is chosen last.
 * @throws SamlError naming the first rule that is broken. It must not be sent to the service provider.
 */
export function acceptAuthnRequest(received: ReceivedAuthnRequest, given: Context): AcceptedAuthnRequest {
  const { serviceProviders, ssoUrl, now, skewMs } = given
  const { relayState } = received
  const message = { ...received, root: readMessage(received.document) }
  const sp = getIssuer(message.root, serviceProviders, now)
  const context = { sp, tolerate: serviceProviders.tolerancesOf(sp.entityId) }
  const ofSignature = judge([strongAlgorithms], message, context)
  const request = parseAuthnRequest(believedOf(message, context))
  const signed = isSigned(message)
  const ofRequest = checkAuthnRequest(request, { ...context, ownUrl: ssoUrl, signed, relayState, now, skewMs })
  return {
    task: { spEntityId: sp.entityId, signed, acsUrl: getAcsUrl(sp, request), relayState, request },
    tolerated: [...ofSignature, ...ofRequest],
  }
}
