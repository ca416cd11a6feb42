import { SamlError } from '#saml/errors'
import type { LogoutRequest } from '#saml/messages/logout-request'
import { tolerated } from '../inbox/judge.ts'
import { contextOf } from '../inbox/message-rules.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import type { Breach } from '../inbox/tolerance.ts'
import type { VerifiedMessage } from '../inbox/verify-message.ts'
import type { IdpParts } from '../parts.ts'
import type { MeantSessions } from './begin-logout.ts'
import { checkLogoutRequest, freshForMs, type LogoutRequestContext } from './check-logout-request.ts'
import { findSessions } from './find-sessions.ts'
import { openNameId } from './open-name-id.ts'

export function contextOfLogoutRequest(
  { config, seenRequests }: IdpParts,
  raw: RawMessage,
  verified: VerifiedMessage<LogoutRequest>,
): LogoutRequestContext {
  const { sp, message } = verified
  const alreadySeen = seenRequests.get(seenKey(sp.entityId, message)) === true
  return { ...contextOf('LogoutRequest', raw, verified), now: config.clock.now(), alreadySeen }
}

interface Accepted {
  readonly meant: MeantSessions
  readonly tolerated: readonly Breach[]
}

/**
 * The sessions that an authentic request means, at least one. From here on it counts as seen.
 * @throws SamlError when it cannot be acted upon.
 */
export async function acceptLogoutRequest(
  { config, seenRequests, sessions: store }: IdpParts,
  request: LogoutRequest,
  context: LogoutRequestContext,
): Promise<Accepted> {
  const ofRequest = checkLogoutRequest(request, context)
  const nameId = openNameId(request, context, config.keys)
  const { now, skewMs, sp, tolerate } = context
  const until = (request.notOnOrAfter ?? now + freshForMs) + 2 * skewMs
  seenRequests.set(seenKey(sp.entityId, request), true, until)
  const meant = await findSessions(store, sp.entityId, { ...request, nameId })
  if (meant.sessions.length === 0) throw noSession(request)
  const ofNameId = meant.breach === undefined ? [] : [tolerated(meant.breach, tolerate)]
  return { meant, tolerated: [...ofRequest, ...ofNameId] }
}

export function noSession({ nameId }: LogoutRequest): SamlError {
  return new SamlError('SAML_SESSION', 'no session of this principal is known here', { actual: nameId?.value })
}

const seenKey = (spEntityId: string, { id }: LogoutRequest): string => JSON.stringify([spEntityId, id])
