import { judge } from '../inbox/judge.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { receiveMessage } from '../inbox/receive-message.ts'
import { receive } from '../inbox/received.ts'
import type { Breach } from '../inbox/tolerance.ts'
import type { IdpParts } from '../parts.ts'
import { getAcsUrl } from './acs-url.ts'
import { authnRequest, authnRequestRules } from './authn-request-rules.ts'
import type { SsoTask } from './sso-task.ts'

export interface AcceptedAuthnRequest {
  readonly task: Omit<SsoTask, 'id'>
  readonly tolerated: readonly Breach[]
}

/**
 * Guarantees that a known service provider wants this login and that the answer goes to an address of its own.
 * @throws RefusedMessage naming the first rule that is broken. It must not be sent to the service provider.
 */
export function acceptAuthnRequest(parts: IdpParts, raw: RawMessage): Promise<AcceptedAuthnRequest> {
  const received = receive(parts, raw, { kind: authnRequest })
  return receiveMessage(parts, received, () => {
    const tolerated = judge(authnRequestRules, received)
    const [sp, request] = [received.sp.get(), received.believed.get()]
    const { relayState } = raw
    const task = { spEntityId: sp.entityId, signed: received.signed(), acsUrl: getAcsUrl(sp, request) }
    return { task: { ...task, relayState, request }, tolerated }
  })
}
