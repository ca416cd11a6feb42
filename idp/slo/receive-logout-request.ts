import type { SamlError } from '#saml/errors'
import type { LogoutRequest } from '#saml/messages/logout-request'
import { type Status, success } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { copyOut } from '#server/copy-out'
import type { Behaviour } from '../behaviour.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { receiveMessage } from '../inbox/receive-message.ts'
import { factsOfRefusal } from '../inbox/refused-message.ts'
import { answeredRelayState } from '../inbox/relay-state.ts'
import { findRequester } from '../outbox/find-addressee.ts'
import type { IdpParts } from '../parts.ts'
import { setOut } from './advance-logout.ts'
import { beginLogout } from './begin-logout.ts'
import { judgeLogoutRequest, seenRequestOf } from './judge-logout-request.ts'
import { logoutResponseDraft } from './logout-drafts.ts'
import type { LogoutMove } from './logout-move.ts'
import { logoutRequestOf, noSession, type ReceivedLogoutRequest, receivedBefore } from './logout-request-rules.ts'
import type { LogoutOrigin } from './logout-run.ts'

/**
 * Acts on a LogoutRequest of a service provider: ends the sessions it means and sets out to tell their other participants.
 * Where the process dies over it, it may come again, and is gone on with. A request that is authentic and cannot be acted upon is answered with a status (saml-bindings-2.0 §3.4.6).
 * @throws RefusedMessage when nobody can say who sent it, or it cannot be answered.
 */
export async function receiveLogoutRequest(parts: IdpParts, raw: RawMessage): Promise<LogoutMove> {
  const received = logoutRequestOf(parts, raw)
  const { meant, refusal, attempt } = await receiveMessage(parts, received, () => judgeLogoutRequest(parts, received))
  if (refusal !== undefined) return refuse(parts, received, refusal)
  const run = await beginLogout(parts, originOf(received), meant)
  const isFinishedHere = attempt?.isFinished !== false || (await parts.seenRequests.finish(seenRequestOf(received)))
  const request = received.believed.get()
  if (run === undefined) return refuse(parts, received, isFinishedHere ? noSession(request) : receivedBefore(request))
  return (await setOut(parts, run.id)) ?? refuse(parts, received, receivedBefore(request))
}

/** Kept with the run: texts of its own, not slices of the message. */
function originOf({ raw: { carrier, relayState }, sp, believed, tolerate }: ReceivedLogoutRequest): LogoutOrigin {
  const { id, asynchronous } = believed.get()
  const asked = { requestId: id, relayState: answeredRelayState(relayState, tolerate()) }
  return {
    kind: 'sp',
    spEntityId: sp.get().entityId,
    ...copyOut(asked),
    waits: carrier === 'call' ? true : undefined,
    answer: { kind: asynchronous ? 'unwanted' : 'owed' },
  }
}

/** Tells the requester why, or the person when the requester has no address for it or wants no answer. */
function refuse(parts: IdpParts, received: ReceivedLogoutRequest, error: SamlError): LogoutMove {
  const { config, behaviour, serviceProviders } = parts
  const { carrier, relayState } = received.raw
  const [{ entityId: spEntityId }, request] = [received.sp.get(), received.believed.get()]
  const to = findRequester(serviceProviders, { spEntityId, waits: carrier === 'call' })
  if ('noWay' in to || request.asynchronous) throw error
  const status = statusOf(error, request, behaviour.now())
  const answered = status === success ? `${error.message}: answered with Success all the same` : error.message
  config.log.warn({ sp: spEntityId, ...factsOfRefusal(error) }, answered)
  const carried = answeredRelayState(relayState, received.tolerate())
  const answer = { to, inResponseTo: request.id, relayState: carried, status }
  return { kind: 'send', draft: logoutResponseDraft(config, answer) }
}

function statusOf(error: SamlError, request: LogoutRequest, { unknownSession }: Behaviour): Status {
  if (error.code === 'SAML_SESSION' && unknownSession === 'succeed') return success
  return { codes: statusCodes(error, request), message: error.message }
}

/** saml-core-2.0 §3.2.2.2. */
function statusCodes({ code }: SamlError, { version = '' }: LogoutRequest): readonly string[] {
  if (code === 'SAML_SESSION') return [STATUS.requester, STATUS.unknownPrincipal]
  if (code === 'SAML_ENCRYPTED') return [STATUS.responder, STATUS.requestUnsupported]
  if (code !== 'SAML_VERSION') return [STATUS.requester, STATUS.requestDenied]
  const tooLow = Number.parseFloat(version) < 2
  return [STATUS.versionMismatch, tooLow ? STATUS.requestVersionTooLow : STATUS.requestVersionTooHigh]
}
