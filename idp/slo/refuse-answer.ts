import type { SamlError } from '#saml/errors'
import { copyOut } from '#server/copy-out'
import { aboutRefused, factsOfRefusal } from '../inbox/refused-message.ts'
import type { IdpParts } from '../parts.ts'
import { moveAfterAnswer } from './ask-in-frame.ts'
import { recordDoubt, recordRefusedAnswer } from './change-legs.ts'
import { changeRun } from './change-run.ts'
import type { LogoutMove } from './logout-move.ts'
import { findAskedLeg, findLeg, type LogoutLeg } from './logout-run.ts'

interface RefusedResponse {
  readonly error: SamlError
  /** The run that the browser's cookie names. */
  readonly browserRunId: string | undefined
}

/**
 * Lets a logout go on, from its own page, past an answer that cannot be believed. Who may make a leg fail is decided by what a stranger cannot know:
 *
 * 1. An answer to the ID of a LogoutRequest that is still open fails that leg. 160 random bits are known only to who carried or received the request, and
 *    all that a lie can do is to call a logout partial.
 * 2. What has no such ID (it cannot be read, or answers nothing) and comes with the cookie of a run is noted at the leg that waits: of several in frames at
 *    that of its Issuer. Any page can send a browser here with its cookie, so the true answer is still taken; "Continue" goes on without it, and the leg has
 *    then failed for the noted reason.
 * 3. Anything else, what names another service provider that we know as its Issuer, and what may be the answer of several changes nothing: one participant
 *    does not answer for another.
 *
 * @throws the error, in the third case.
 */
export async function refuseAnswer(parts: IdpParts, refused: RefusedResponse): Promise<LogoutMove> {
  const { error, browserRunId = '' } = refused
  const { inResponseTo: requestId = '' } = aboutRefused(error)
  const noted = copyOut({ code: error.code, reason: error.message })
  const answered = await parts.logoutRuns.findByRequestId(requestId)
  if (answered !== undefined && mayFail(parts, findAskedLeg(answered, requestId), refused)) {
    const refusing = await changeRun(parts, answered.id, (run) =>
      findAskedLeg(run, requestId) === undefined ? run : recordRefusedAnswer(run, requestId, noted),
    )
    return moveAfterAnswer(refusing ?? answered, refusing && findLeg(refusing, requestId))
  }
  const run = await parts.logoutRuns.find(browserRunId)
  const doubtful = onlyId(run?.legs.filter((leg) => leg.state.kind === 'asked' && mayFail(parts, leg, refused)))
  if (run === undefined || doubtful === undefined) throw error
  parts.config.log.warn(factsOfRefusal(error), error.message)
  const doubting = await changeRun(parts, run.id, (found) => recordDoubt(found, doubtful, noted))
  return moveAfterAnswer(run, doubting && findLeg(doubting, doubtful))
}

/** The request of the leg that is meant, if only one can be. */
function onlyId([leg, other]: readonly LogoutLeg[] = []): string | undefined {
  return other === undefined ? leg?.request?.id : undefined
}

/** Whether this may be the answer of the leg's participant: nobody else that we know is named as its Issuer. */
function mayFail({ serviceProviders }: IdpParts, leg: LogoutLeg | undefined, { error }: RefusedResponse): boolean {
  const { from: issuer } = aboutRefused(error)
  if (leg === undefined) return false
  return issuer === undefined || issuer === leg.participant.spEntityId || serviceProviders.find(issuer) === undefined
}
