import { type AuthnRequest, parseAuthnRequest } from '#saml/messages/authn-request'
import { contextOf } from '../inbox/message-rules.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { receiveMessage } from '../inbox/receive-message.ts'
import { loginSignature } from '../inbox/signature-rules.ts'
import type { Breach } from '../inbox/tolerance.ts'
import type { VerifiedMessage } from '../inbox/verify-message.ts'
import type { IdpParts } from '../parts.ts'
import { getAcsUrl } from './acs-url.ts'
import { checkAuthnRequest } from './check-authn-request.ts'
import type { SsoTask } from './sso-task.ts'

export interface AcceptedAuthnRequest {
  readonly task: Omit<SsoTask, 'id'>
  readonly tolerated: readonly Breach[]
}

/**
 * Guarantees that a known service provider wants this login and that the answer goes to an address of its own.
 * In this order on purpose: only what a signature covers is believed, and the ACS is chosen last.
 * @throws RefusedMessage naming the first rule that is broken. It must not be sent to the service provider.
 */
export function acceptAuthnRequest(parts: IdpParts, raw: RawMessage): Promise<AcceptedAuthnRequest> {
  return receiveMessage(parts, raw, {
    what: 'AuthnRequest',
    parse: parseAuthnRequest,
    signature: loginSignature,
    judge: (verified) => judgeAuthnRequest(parts, raw, verified),
  })
}

function judgeAuthnRequest(
  { config }: IdpParts,
  raw: RawMessage,
  verified: VerifiedMessage<AuthnRequest>,
): AcceptedAuthnRequest {
  const { sp, message: request, signed, tolerated } = verified
  const ofRequest = checkAuthnRequest(request, { ...contextOf('AuthnRequest', raw, verified), now: config.clock.now() })
  const { relayState } = raw
  return {
    task: { spEntityId: sp.entityId, signed, acsUrl: getAcsUrl(sp, request), relayState, request },
    tolerated: [...tolerated, ...ofRequest],
  }
}
