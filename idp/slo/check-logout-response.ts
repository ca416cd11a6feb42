import { SamlError } from '#saml/errors'
import type { LogoutResponse } from '#saml/messages/logout-response'
import { isSuccess, type Status } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { judge, type Rule } from '../inbox/judge.ts'
import { type MessageContext, ownDestination, supportedVersion } from '../inbox/message-rules.ts'
import type { Breach } from '../inbox/tolerance.ts'
import { isOverdue, type LogoutLeg } from './logout-run.ts'

interface LogoutResponseContext extends MessageContext {
  /** The leg that was asked with this InResponseTo. */
  readonly leg: LogoutLeg | undefined
}

const rules: readonly Rule<LogoutResponse, LogoutResponseContext>[] = [
  ownDestination,
  supportedVersion,
  awaited,
  fromWhoWasAsked,
]

/**
 * What was tolerated of a verified response.
 * @throws SamlError of the first rule that it breaks.
 */
export function checkLogoutResponse(response: LogoutResponse, context: LogoutResponseContext): readonly Breach[] {
  return judge(rules, response, context)
}

/** Whether this status means that the participant's session has ended, and the sessions of whomever it told in turn. */
export function confirmsLogout(status: Status): boolean {
  return isSuccess(status) && !status.codes.includes(STATUS.partialLogout)
}

/** saml-core-2.0 §3.2.2: InResponseTo is the ID of a request that was not answered yet. An unsolicited response means nothing. */
function awaited({ id, inResponseTo }: LogoutResponse, { leg }: LogoutResponseContext): void {
  if (leg !== undefined && (leg.state.kind === 'asked' || isOverdue(leg))) return
  const answered = inResponseTo === undefined ? 'answers no LogoutRequest' : `answers ${inResponseTo.slice(0, 256)}`
  throw new SamlError('SAML_IN_RESPONSE_TO', `LogoutResponse ${id} ${answered}, and nobody waits for that`, {
    expected: 'the ID of a LogoutRequest that waits for its answer',
    actual: inResponseTo,
  })
}

/** saml-profiles-2.0 §4.4.4.2: one participant does not answer for another. */
function fromWhoWasAsked({ id }: LogoutResponse, { sp, leg }: LogoutResponseContext): void {
  const asked = leg?.participant.spEntityId
  if (asked === sp.entityId) return
  throw new SamlError('SAML_ISSUER', `LogoutResponse ${id} comes from ${sp.entityId}, the request went to ${asked}`, {
    expected: asked,
    actual: sp.entityId,
  })
}
