import { SamlError } from '#saml/errors'
import type { LogoutRequest } from '#saml/messages/logout-request'
import { refusalIn } from '../inbox/attempt.ts'
import { tolerated } from '../inbox/judge.ts'
import { contextOf as messageContextOf } from '../inbox/message-rules.ts'
import type { Judged } from '../inbox/note-received.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import type { Breach } from '../inbox/tolerance.ts'
import type { VerifiedMessage } from '../inbox/verify-message.ts'
import type { IdpParts } from '../parts.ts'
import type { MeantSessions } from './begin-logout.ts'
import {
  checkLogoutRequest,
  checkLogoutRequestAuthenticity,
  freshForMs,
  type LogoutRequestContext,
} from './check-logout-request.ts'
import { findSessions } from './find-sessions.ts'
import { openNameId } from './open-name-id.ts'

/** A request that its issuer sent to us, and the sessions that it means, at least one; or why it is not acted upon. */
interface JudgedRequest extends Judged {
  readonly request: LogoutRequest
  readonly context: LogoutRequestContext
  readonly meant: MeantSessions
}

/**
 * Judges a verified request. Who is tolerated is told of as soon as it is known that the request is authentic.
 * @throws SamlError when it was sent to somebody else.
 */
export async function judgeLogoutRequest(
  parts: IdpParts,
  raw: RawMessage,
  verified: VerifiedMessage<LogoutRequest>,
): Promise<JudgedRequest> {
  const { message: request, sp } = verified
  const context = contextOf(parts, raw, verified)
  const ofSender = [...verified.tolerated, ...checkLogoutRequestAuthenticity(request, context)]
  parts.tolerations.record(sp.entityId, ofSender)
  const verdict = await accept(parts, request, context).catch(refusalIn)
  if (verdict instanceof SamlError) return { request, context, meant: nobody, tolerated: ofSender, refusal: verdict }
  parts.tolerations.record(sp.entityId, verdict.tolerated)
  const { meant, nameId } = verdict
  const user = meant.sessions[0]?.userName
  return { request, context, meant, user, nameId, tolerated: [...ofSender, ...verdict.tolerated] }
}

const nobody: MeantSessions = { sessions: [], isMeant: () => false }

function contextOf(
  { config, seenRequests }: IdpParts,
  raw: RawMessage,
  verified: VerifiedMessage<LogoutRequest>,
): LogoutRequestContext {
  const { sp, message } = verified
  const alreadySeen = seenRequests.get(seenKey(sp.entityId, message)) === true
  return { ...messageContextOf('LogoutRequest', raw, verified), now: config.clock.now(), alreadySeen }
}

interface Accepted {
  readonly meant: MeantSessions
  readonly nameId: string
  readonly tolerated: readonly Breach[]
}

/**
 * The sessions that an authentic request means. From here on it counts as seen.
 * @throws SamlError when it cannot be acted upon.
 */
async function accept(
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
  return { meant, nameId: nameId.value, tolerated: [...ofRequest, ...ofNameId] }
}

export function noSession({ nameId }: LogoutRequest): SamlError {
  return new SamlError('SAML_SESSION', 'no session of this principal is known here', { actual: nameId?.value })
}

const seenKey = (spEntityId: string, { id }: LogoutRequest): string => JSON.stringify([spEntityId, id])
