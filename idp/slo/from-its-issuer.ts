import { judge } from '../inbox/judge.ts'
import type { MessageContext } from '../inbox/message-rules.ts'
import {
  believedOf,
  logoutIsSigned,
  type SenderContext,
  type SignedMessage,
  strongAlgorithms,
} from '../inbox/signature-rules.ts'
import type { Breach, Tolerance } from '../inbox/tolerance.ts'

/** What is known of a logout message before anything is believed of it. */
export interface LogoutMessageContext extends MessageContext, SenderContext {
  readonly received: SignedMessage
  readonly tolerate: readonly Tolerance[]
}

/**
 * Guarantees that the service provider that a logout message names as its Issuer sent it, and answers what was tolerated.
 * @throws SamlError SAML_UNSIGNED, SAML_ALGORITHM or SAML_SIGNATURE.
 */
export function fromItsIssuer(context: LogoutMessageContext): readonly Breach[] {
  const tolerated = judge([logoutIsSigned, strongAlgorithms], context.received, context)
  believedOf(context.received, context)
  return tolerated
}
