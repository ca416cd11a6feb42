import type { RedirectMessage } from '#saml/bindings/redirect'
import { SamlError } from '#saml/errors'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { readMessage } from '#saml/schema/message'
import { copyOut } from '#server/copy-out'
import { getIssuer } from '../directory/get-issuer.ts'
import { attempt } from '../inbox/attempt.ts'
import { isSigned } from '../inbox/signature-rules.ts'
import type { IdpParts } from '../parts.ts'
import { advanceLogout, type LogoutMove } from './advance-logout.ts'
import { recordAnswer } from './change-legs.ts'
import { changeRun } from './change-run.ts'
import { checkLogoutResponse, confirmsLogout } from './check-logout-response.ts'
import { findAskedLeg, type LogoutLeg } from './logout-run.ts'
import { refuseAnswer } from './refuse-answer.ts'

/**
 * Records what a participant answered and goes on with the run. The run is found by InResponseTo: browsers may have lost the cookie.
 * A response that cannot be believed does not stop the run it belongs to: see `refuseAnswer`.
 * @throws SamlError when it cannot be believed and belongs to no run that waits.
 */
export async function receiveLogoutResponse(
  parts: IdpParts,
  message: RedirectMessage,
  browserRunId: string | undefined,
): Promise<LogoutMove> {
  const read = attempt(() => readResponse(message))
  if (read instanceof SamlError) return refuseAnswer(parts, { error: read, browserRunId })
  const { issuer, inResponseTo: requestId = '', status: received } = read.response
  const run = await parts.logoutRuns.findByRequestId(requestId)
  const refusal = attempt(() => judgeResponse(parts, { ...read, leg: run && findAskedLeg(run, requestId) }))
  if (refusal !== undefined) return refuseAnswer(parts, { error: refusal, issuer, requestId, browserRunId })
  if (run === undefined) throw new TypeError('a leg was found without a run')
  const status = copyOut(received)
  const answered = { status, confirmed: confirmsLogout(status) }
  await changeRun(parts, run.id, (found) => {
    // The same response twice at the same time: the first one counts.
    return findAskedLeg(found, requestId) === undefined ? found : recordAnswer(found, requestId, answered)
  })
  return advanceLogout(parts, run.id)
}

function readResponse(message: RedirectMessage) {
  const received = { ...message, root: readMessage(message.document) }
  return { received, response: parseLogoutResponse(received.root) }
}

interface Judged extends ReturnType<typeof readResponse> {
  readonly leg: LogoutLeg | undefined
}

/** @throws SamlError of the first rule that the response breaks. */
function judgeResponse({ config, serviceProviders, tolerations }: IdpParts, judged: Judged): void {
  const { received, response, leg } = judged
  const sp = getIssuer(received.root, serviceProviders, config.clock.now())
  const tolerated = checkLogoutResponse(response, {
    kind: 'LogoutResponse',
    ...{ sp, received, leg, relayState: received.relayState, signed: isSigned(received) },
    ownUrl: config.endpoints.sloUrl,
    tolerate: serviceProviders.tolerancesOf(sp.entityId),
  })
  tolerations.record(sp.entityId, tolerated)
}
