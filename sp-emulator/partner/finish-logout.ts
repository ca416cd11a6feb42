import { PartnerError } from './partner-error.ts'
import type { PartnerParts } from './partner-parts.ts'
import type { ReceivedLogoutResponse } from './saml/logout-message.ts'

/** How a logout that began here ended elsewhere, as the IdP says. */
export type LogoutOutcome = 'confirmed' | 'partial' | 'refused'

const [success, partialLogout] = ['Success', 'PartialLogout'].map(
  (name) => `urn:oasis:names:tc:SAML:2.0:status:${name}`,
)

/** @throws PartnerError (400) when nobody here asked, or was answered before */
export async function finishLogout(
  { sent }: PartnerParts,
  { inResponseTo, status }: ReceivedLogoutResponse,
): Promise<LogoutOutcome> {
  if (inResponseTo === undefined || (await sent.removeAsync(inResponseTo)) === null) {
    throw new PartnerError(400, 'The LogoutResponse answers no LogoutRequest that waits for one.')
  }
  if (status[0] !== success) return 'refused'
  return status[1] === partialLogout ? 'partial' : 'confirmed'
}
