import { formatInstant } from '#saml/instants'
import { compared } from '#saml/rules/hints/compared'
import type { Hints } from '#saml/rules/hints/hint'
import { legOf, type ReceivedAnswer } from '../slo/logout-response-rules.ts'
import { isOverdue, type LogoutLeg } from '../slo/logout-run.ts'
import type { SentBefore } from '../slo/logout-run-store.ts'

/** What is known of the request that an answer names; `sent` is that request, if it is one of ours. */
export function answerHints(sent: SentBefore | undefined): Hints<ReceivedAnswer> {
  return {
    awaited: (received, breach) => {
      if (sent !== undefined) return whatBecameOf(sent, legOf(received))
      const { id } = received.message()
      return compared<ReceivedAnswer>(() => [{ label: 'the ID of this message itself', value: id }])(received, breach)
    },
  }
}

function whatBecameOf({ spEntityId, at }: SentBefore, leg: LogoutLeg | undefined): string {
  const which = `that is the LogoutRequest that went to ${spEntityId} at ${formatInstant(at)}`
  if (leg === undefined) return `${which}: its logout is over and was forgotten`
  const given = leg.late ?? (leg.state.kind === 'answered' ? leg.state : undefined)
  if (given !== undefined)
    return `${which}: it has been answered${given.at === undefined ? '' : ` at ${formatInstant(given.at)}`}`
  if (leg.state.kind === 'asked' || isOverdue(leg))
    return `${which}: it is none of those that were said to wait for an answer`
  return `${which}: nobody waits for its answer any longer`
}
