import { parseAuthnRequest } from '#saml/messages/authn-request'
import { contextOf } from '../inbox/message-rules.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { readRaw } from '../inbox/read-message.ts'
import { loginSignature } from '../inbox/signature-rules.ts'
import type { Breach } from '../inbox/tolerance.ts'
import { verifyRead } from '../inbox/verify-message.ts'
import type { IdpParts } from '../parts.ts'
import { getAcsUrl } from './acs-url.ts'
import { checkAuthnRequest } from './check-authn-request.ts'
import type { SsoTask } from './sso-task.ts'

interface AcceptedAuthnRequest {
  readonly task: Omit<SsoTask, 'id'>
  readonly tolerated: readonly Breach[]
}

/**
 * Guarantees that a known service provider wants this login and that the answer goes to an address of its own.
 * In this order on purpose: only what a signature covers is believed, and the ACS is chosen last.
 * @throws SamlError naming the first rule that is broken. It must not be sent to the service provider.
 */
export function acceptAuthnRequest(parts: IdpParts, raw: RawMessage): AcceptedAuthnRequest {
  const verified = verifyRead(parts, readRaw(raw, parseAuthnRequest), loginSignature)
  const { sp, message: request, signed, tolerated } = verified
  const context = { ...contextOf('AuthnRequest', raw, verified), now: parts.config.clock.now() }
  const ofRequest = checkAuthnRequest(request, context)
  const { relayState } = raw
  return {
    task: { spEntityId: sp.entityId, signed, acsUrl: getAcsUrl(sp, request), relayState, request },
    tolerated: [...tolerated, ...ofRequest],
  }
}
