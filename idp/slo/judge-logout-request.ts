import { SamlError } from '#saml/errors'
import { refusalIn } from '../inbox/attempt.ts'
import { judge } from '../inbox/judge.ts'
import type { Judged } from '../inbox/note-received.ts'
import type { Breach } from '../inbox/tolerance.ts'
import type { IdpParts } from '../parts.ts'
import type { MeantSessions } from './begin-logout.ts'
import { findSessions } from './find-sessions.ts'
import {
  acceptance,
  authenticity,
  firstTime,
  freshForMs,
  matching,
  type ReceivedLogoutRequest,
} from './logout-request-rules.ts'

/** The sessions that a request means which its issuer sent to us, at least one; or why it is not acted upon. */
interface JudgedRequest extends Judged {
  readonly meant: MeantSessions
}

/**
 * Judges a request. Who is tolerated is told of as soon as it is known that the request is authentic.
 * @throws SamlError when nobody can say who sent it, or it was sent to somebody else.
 */
export async function judgeLogoutRequest(parts: IdpParts, received: ReceivedLogoutRequest): Promise<JudgedRequest> {
  const ofSender = judge(authenticity, received)
  const { entityId } = received.sp.get()
  await parts.tolerations.record(entityId, ofSender)
  const verdict = await accept(parts, received).catch(refusalIn)
  const nameId = received.nameId.soFar()?.value
  if (verdict instanceof SamlError) return { meant: nobody, nameId, tolerated: ofSender, refusal: verdict }
  await parts.tolerations.record(entityId, verdict.tolerated)
  const { meant } = verdict
  return { meant, user: meant.sessions[0]?.userName, nameId, tolerated: [...ofSender, ...verdict.tolerated] }
}

const nobody: MeantSessions = { sessions: [], isMeant: () => false }

interface Accepted {
  readonly meant: MeantSessions
  readonly tolerated: readonly Breach[]
}

/**
 * The sessions that an authentic request means, at least one. From here on it counts as seen.
 * @throws SamlError when it cannot be acted upon.
 */
async function accept({ seenRequests, sessions: store }: IdpParts, received: ReceivedLogoutRequest): Promise<Accepted> {
  const ofRequest = judge(acceptance, received)
  const { sp, message, believed, nameId, now, tolerate } = received
  const { entityId: spEntityId } = sp.get()
  const request = believed.get()
  const until = (request.notOnOrAfter ?? now + freshForMs) + 2 * received.skewMs()
  const isFirst = await seenRequests.add({ spEntityId, id: request.id }, until)
  judge(firstTime, { message, tolerate, alreadySeen: () => !isFirst })
  const found = await findSessions(store, spEntityId, { ...request, nameId: nameId.get() })
  const ofNameId = judge(matching, { message: () => request, found: () => found, tolerate })
  return { meant: found, tolerated: [...ofRequest, ...ofNameId] }
}
