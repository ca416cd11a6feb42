import type { RedirectMessage } from '#saml/bindings/redirect'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { readMessage } from '#saml/schema/message'
import { detached } from '../detached.ts'
import { getIssuer } from '../directory/get-issuer.ts'
import { isSigned } from '../inbox/signature-rules.ts'
import type { IdpParts } from '../parts.ts'
import { advanceLogout, type LogoutMove } from './advance-logout.ts'
import { checkLogoutResponse, confirmsLogout } from './check-logout-response.ts'
import { findAskedLeg, recordAnswer } from './logout-run.ts'

/**
 * Records what a participant answered and goes on with the run. The run is found by InResponseTo: browsers may have lost the cookie.
 * @throws SamlError when the response cannot be believed; the run then still waits.
 */
export async function receiveLogoutResponse(parts: IdpParts, message: RedirectMessage): Promise<LogoutMove> {
  const received = { ...message, root: readMessage(message.document) }
  const response = parseLogoutResponse(received.root)
  const sp = getIssuer(received.root, parts.serviceProviders)
  const requestId = response.inResponseTo ?? ''
  const run = await parts.logoutRuns.findByRequestId(requestId)
  const leg = run && findAskedLeg(run, requestId)
  const tolerated = checkLogoutResponse(response, {
    kind: 'LogoutResponse',
    ...{ sp, received, leg, relayState: message.relayState, signed: isSigned(received) },
    ownUrl: parts.config.endpoints.sloUrl,
    tolerate: parts.serviceProviders.tolerancesOf(sp.entityId),
  })
  if (run === undefined) throw new TypeError('a leg was found without a run')
  parts.tolerations.record(sp.entityId, tolerated)
  const status = detached(response.status)
  const answered = { status, confirmed: confirmsLogout(status) }
  await parts.logoutRuns.update(run.id, (found) => {
    // The same response twice at the same time: the first one counts.
    return findAskedLeg(found, requestId) === undefined ? found : recordAnswer(found, requestId, answered)
  })
  return advanceLogout(parts, run.id)
}
