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
  receivedBefore,
} from './logout-request-rules.ts'
import { isUnheardOf } from './logout-run.ts'
import type { Attempt, SeenRequest } from './seen-requests.ts'

/** The sessions that a request means which its issuer sent to us, at least one; or why it is not acted upon. */
interface JudgedRequest extends Judged {
  readonly meant: MeantSessions
  /** Absent where it is acted upon though it was finished before. */
  readonly attempt?: Attempt | undefined
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
  const { meant, attempt } = verdict
  return { meant, attempt, user: meant.sessions[0]?.userName, nameId, tolerated: [...ofSender, ...verdict.tolerated] }
}

const nobody: MeantSessions = { sessions: [], isMeant: () => false }

interface Accepted extends Pick<JudgedRequest, 'meant' | 'attempt'> {
  readonly tolerated: readonly Breach[]
}

/**
 * The sessions that an authentic request means, at least one, or those of the run that it began when it came before and was not finished. From here on it is
 * remembered, and counts as seen where it is refused.
 * @throws SamlError when it cannot be acted upon.
 */
async function accept(parts: IdpParts, received: ReceivedLogoutRequest): Promise<Accepted> {
  const ofRequest = judge(acceptance, received)
  const { config, seenRequests, sessions: store, logoutRuns } = parts
  const { message, believed, nameId, now, tolerate } = received
  const request = believed.get()
  const seen = seenRequestOf(received)
  const until = (request.notOnOrAfter ?? now + freshForMs) + 2 * received.skewMs()
  const attempt = await seenRequests.begin(seen, { runId: config.newId(), until })
  const isSeen = attempt.isFinished && !(await isToBeGoneOnWith(parts, attempt))
  judge(firstTime, { message, tolerate, alreadySeen: () => isSeen })
  const found = await findSessions(store, seen.spEntityId, { ...request, nameId: nameId.get() })
  const ours = isSeen ? { meant: found } : { meant: { ...found, runId: attempt.runId }, attempt }
  // After the sessions: whoever ended them had begun the run before.
  const isBegun = !isSeen && !attempt.isFirst && (await logoutRuns.find(attempt.runId)) !== undefined
  if (isBegun) return { ...ours, tolerated: ofRequest }
  try {
    const ofNameId = judge(matching, { message: () => request, found: () => found, tolerate })
    return { ...ours, tolerated: [...ofRequest, ...ofNameId] }
  } catch (error) {
    if (!isSeen && !(await seenRequests.finish(seen))) throw receivedBefore(request)
    throw error
  }
}

/** Whoever finished the request died before anybody heard of its run. */
async function isToBeGoneOnWith({ logoutRuns }: IdpParts, { runId }: Attempt): Promise<boolean> {
  const run = await logoutRuns.find(runId)
  return run !== undefined && isUnheardOf(run)
}

export function seenRequestOf({ sp, believed }: ReceivedLogoutRequest): SeenRequest {
  return { spEntityId: sp.get().entityId, id: believed.get().id }
}
