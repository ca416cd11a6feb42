import type { RedirectMessage } from '#saml/bindings/redirect'
import { SamlError } from '#saml/errors'
import { type LogoutRequest, parseLogoutRequest } from '#saml/messages/logout-request'
import { STATUS } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { getIssuer } from '../directory/get-issuer.ts'
import type { IdpParts } from '../parts.ts'
import { advanceLogout, type LogoutMove } from './advance-logout.ts'
import { beginLogout } from './begin-logout.ts'
import {
  checkLogoutRequest,
  checkLogoutRequestAuthenticity,
  freshForMs,
  type LogoutRequestContext,
} from './check-logout-request.ts'
import { findSessions } from './find-sessions.ts'
import { findSloEndpoint, logoutResponseUrl } from './logout-messages.ts'

/**
 * Acts on a LogoutRequest of a service provider: ends the sessions it means and sets out to tell their other participants.
 * A request that is authentic and cannot be acted upon is answered with a status (saml-bindings-2.0 §3.4.6).
 * @throws SamlError when nobody can say who sent it, or there is no address to answer to.
 */
export async function receiveLogoutRequest(parts: IdpParts, message: RedirectMessage): Promise<LogoutMove> {
  const root = readMessage(message.document)
  const request = parseLogoutRequest(root)
  const sp = getIssuer(root, parts.serviceProviders)
  const seenKey = JSON.stringify([sp.entityId, request.id])
  const context = contextFor(parts, message, { sp, alreadySeen: parts.seenRequests.get(seenKey) === true })
  checkLogoutRequestAuthenticity(request, context)
  try {
    checkLogoutRequest(request, context)
  } catch (error) {
    return refuse(parts, { request, context, error })
  }
  parts.seenRequests.set(seenKey, true, (request.notOnOrAfter ?? context.now + freshForMs) + 2 * context.skewMs)
  return logOut(parts, request, context)
}

async function logOut(parts: IdpParts, request: LogoutRequest, context: LogoutRequestContext): Promise<LogoutMove> {
  const { sp, relayState } = context
  const sessions = await findSessions(parts.sessions, sp.entityId, request)
  const origin = { kind: 'sp', spEntityId: sp.entityId, requestId: request.id, relayState } as const
  const run = await beginLogout(parts, origin, sessions)
  if (run !== undefined) return advanceLogout(parts, run.id)
  const error = new SamlError('SAML_SESSION', 'no session of this principal is known here', {
    actual: request.nameId?.value,
  })
  return refuse(parts, { request, context, error })
}

function contextFor(
  { config }: IdpParts,
  { signature, relayState }: RedirectMessage,
  known: Pick<LogoutRequestContext, 'sp' | 'alreadySeen'>,
): LogoutRequestContext {
  const { clock, skewMs, endpoints } = config
  return { ...known, signature, relayState, sloUrl: endpoints.sloUrl, now: clock.now(), skewMs }
}

interface Refusal {
  readonly request: LogoutRequest
  readonly context: LogoutRequestContext
  readonly error: unknown
}

/** Tells the requester why, or the person when the requester has no address for it. */
async function refuse(
  { config, serviceProviders }: IdpParts,
  { request, context, error }: Refusal,
): Promise<LogoutMove> {
  const endpoint = findSloEndpoint(serviceProviders, context.sp.entityId)
  if (!(error instanceof SamlError) || endpoint === undefined) throw error
  config.log.warn({ code: error.code, sp: context.sp.entityId, ...error.facts }, error.message)
  // A RelayState that is too long is what was refused, and must not be sent either (saml-bindings-2.0 §3.4.3).
  const relayState = error.code === 'SAML_RELAY_STATE' ? undefined : context.relayState
  const status = { codes: statusCodes(error, request), message: error.message }
  return {
    kind: 'send',
    url: await logoutResponseUrl(config, { endpoint, inResponseTo: request.id, relayState, status }),
  }
}

/** saml-core-2.0 §3.2.2.2. */
function statusCodes({ code }: SamlError, { version = '' }: LogoutRequest): readonly string[] {
  if (code === 'SAML_SESSION') return [STATUS.requester, STATUS.unknownPrincipal]
  if (code === 'SAML_ENCRYPTED') return [STATUS.responder, STATUS.requestUnsupported]
  if (code !== 'SAML_VERSION') return [STATUS.requester, STATUS.requestDenied]
  const tooLow = Number.parseFloat(version) < 2
  return [STATUS.versionMismatch, tooLow ? STATUS.requestVersionTooLow : STATUS.requestVersionTooHigh]
}
