import { endSession } from './note.ts'
import { PartnerError } from './partner-error.ts'
import type { PartnerParts } from './partner-parts.ts'
import type { ReceivedLogoutRequest } from './saml/logout-message.ts'
import { writeLogoutResponse } from './saml/write-logout-response.ts'
import type { Outgoing } from './send-out.ts'
import { type Conduct, conductOf } from './temper.ts'

/** Where the browser goes with the answer; nowhere when there is none. */
export type LogoutAnswer =
  | { readonly kind: 'sent'; readonly outgoing: Outgoing }
  | { readonly kind: 'none'; readonly why: string }

/** How long after the first answer a second one follows, when the browser has brought the first. */
const againAfterMs = 1_000

/**
 * Acts on a LogoutRequest that is believed, as the partner's temper wants it. Sessions end in whosever browser they are.
 * @throws PartnerError (500) when the temper is to fail
 */
export async function answerLogoutRequest(
  parts: PartnerParts,
  request: ReceivedLogoutRequest,
  sessionOfCookie: string | undefined,
): Promise<LogoutAnswer> {
  const conduct = conductOf(parts.temper.get())
  if (conduct.delayMs > 0) await parts.wait(conduct.delayMs)
  if (conduct.reply === 'failure') throw new PartnerError(500, 'This partner fails at every LogoutRequest.')
  const allEnded = await endSessions(parts, { conduct, request, sessionOfCookie })
  if (conduct.reply === 'none')
    return { kind: 'none', why: 'This partner ends the session and answers no LogoutRequest.' }
  const answer = await writeLogoutResponse(parts, { conduct, request, allEnded })
  if (answer === undefined) return { kind: 'none', why: 'The identity provider takes no LogoutResponse by Redirect.' }
  if (conduct.again) void answerAgain(parts, { conduct, request, allEnded })
  return { kind: 'sent', outgoing: answer }
}

interface Ending {
  readonly conduct: Conduct
  readonly request: ReceivedLogoutRequest
  readonly sessionOfCookie: string | undefined
}

/** Whether none of the named sessions is left. */
async function endSessions(parts: PartnerParts, { conduct, request, sessionOfCookie }: Ending): Promise<boolean> {
  if (conduct.ends === 'none') return false
  const { sessions } = parts
  const ending = { endedBy: parts.idp().entityId, inResponseTo: request.id }
  const meant = conduct.ends === 'named' ? () => true : ({ id }: { id: string }) => id === sessionOfCookie
  const named = await sessions.findNamed(request)
  await Promise.all(named.filter(meant).map((session) => endSession(parts, session, ending)))
  return (await sessions.findNamed(request)).length === 0
}

type Answering = Parameters<typeof writeLogoutResponse>[1]

/** Without the browser, which is with somebody else by then. */
async function answerAgain(parts: PartnerParts, answering: Answering): Promise<void> {
  const { log, name } = parts
  try {
    if (!(await parts.wait(againAfterMs))) return
    const again = await writeLogoutResponse(parts, answering)
    if (again !== undefined && again.delivery === undefined) await parts.get(again.url)
  } catch {
    // What failed has the whole message in its address.
    log.warn({ code: 'SECOND_ANSWER', partner: name }, 'the identity provider cannot be reached for the second answer')
  }
}
