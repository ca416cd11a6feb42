import type { RedirectMessage } from '#saml/bindings/redirect'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { readMessage } from '#saml/schema/message'
import { getIssuer } from '../directory/get-issuer.ts'
import type { IdpParts } from '../parts.ts'
import { advanceLogout, type LogoutMove } from './advance-logout.ts'
import { checkLogoutResponse, confirmsLogout } from './check-logout-response.ts'
import { findAskedLeg, recordAnswer } from './logout-run.ts'

/**
 * Records what a participant answered and goes on with the run. The run is found by InResponseTo: browsers may have lost the cookie.
 * @throws SamlError when the response cannot be believed; the run then still waits.
 */
export async function receiveLogoutResponse(parts: IdpParts, message: RedirectMessage): Promise<LogoutMove> {
  const root = readMessage(message.document)
  const response = parseLogoutResponse(root)
  const sp = getIssuer(root, parts.serviceProviders)
  const requestId = response.inResponseTo ?? ''
  const run = await parts.logoutRuns.findByRequestId(requestId)
  const leg = run && findAskedLeg(run, requestId)
  const { sloUrl } = parts.config.endpoints
  checkLogoutResponse(response, { sp, signature: message.signature, sloUrl, leg })
  if (run === undefined) throw new TypeError('a leg was found without a run')
  const { status } = response
  const answered = { status, confirmed: confirmsLogout(status) }
  await parts.logoutRuns.update(run.id, (found) => {
    // The same response twice at the same time: the first one counts.
    return findAskedLeg(found, requestId) === undefined ? found : recordAnswer(found, requestId, answered)
  })
  return advanceLogout(parts, run.id)
}
