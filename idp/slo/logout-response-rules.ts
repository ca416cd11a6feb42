import { SamlError } from '#saml/errors'
import { type LogoutResponse, parseLogoutResponse } from '#saml/messages/logout-response'
import type { Rule } from '#saml/rules/rule'
import { Unaskable } from '#saml/rules/unaskable'
import { ownDestination, supportedVersion } from '../inbox/message-rules.ts'
import { readingRules } from '../inbox/reading-rules.ts'
import type { MessageKind, Received } from '../inbox/received.ts'
import { logoutSenderRules } from '../inbox/sender-rules.ts'
import { findLeg, isOverdue, type LogoutLeg, type LogoutRun } from './logout-run.ts'

export const logoutResponse: MessageKind<LogoutResponse> = { name: 'LogoutResponse', parse: parseLogoutResponse }

/** A LogoutResponse and the run, if any, of the request that it claims to answer. */
export interface ReceivedAnswer extends Received<LogoutResponse> {
  readonly run: LogoutRun | undefined
  /** The requests that are to count as those that wait for an answer, in place of the ones that do. */
  readonly pending?: readonly string[] | undefined
}

type AnswerRule = Rule<ReceivedAnswer>

/** The leg that was asked with its InResponseTo. */
export function legOf({ run, message }: ReceivedAnswer): LogoutLeg | undefined {
  return run && findLeg(run, message().inResponseTo ?? '')
}

function isAwaited(received: ReceivedAnswer): boolean {
  const { pending, message } = received
  if (pending !== undefined) return pending.includes(message().inResponseTo ?? '')
  const leg = legOf(received)
  return leg !== undefined && (leg.state.kind === 'asked' || isOverdue(leg))
}

/** InResponseTo is the ID of a request that was not answered yet. An unsolicited response means nothing. */
const awaited: AnswerRule = {
  ...{ rule: 'awaited', code: 'SAML_IN_RESPONSE_TO', clause: 'saml-core-2.0 §3.2.2' },
  ask: (received) => {
    if (isAwaited(received)) return
    const { id, inResponseTo } = received.message()
    const answered = inResponseTo === undefined ? 'answers no LogoutRequest' : `answers ${inResponseTo.slice(0, 256)}`
    throw new SamlError('SAML_IN_RESPONSE_TO', `LogoutResponse ${id} ${answered}, and nobody waits for that`, {
      expected: 'the ID of a LogoutRequest that waits for its answer',
      actual: inResponseTo,
    })
  },
}

/** One participant does not answer for another. */
const fromWhoWasAsked: AnswerRule = {
  ...{ rule: 'fromWhoWasAsked', code: 'SAML_ISSUER', clause: 'saml-profiles-2.0 §4.4.4.2' },
  ask: (received) => {
    const asked = legOf(received)?.participant.spEntityId
    if (asked === undefined) throw new Unaskable('it answers no request of ours')
    const { entityId } = received.sp.get()
    if (asked === entityId) return
    const says = `LogoutResponse ${received.message().id} comes from ${entityId}, the request went to ${asked}`
    throw new SamlError('SAML_ISSUER', says, { expected: asked, actual: entityId })
  },
}

/** That its Issuer sent it, and to us. */
export const authenticity: readonly Rule<Received<LogoutResponse>>[] = [
  ...readingRules,
  ...logoutSenderRules,
  ownDestination,
  supportedVersion,
]

/** That somebody waits for it. */
export const answering: readonly AnswerRule[] = [awaited, fromWhoWasAsked]
