import { compared } from '#saml/rules/hints/compared'
import type { Hint, Hints } from '#saml/rules/hints/hint'
import { hintForTime } from '#saml/rules/hints/time'
import { bearerOf, statementOf } from '../judge/assertion-rules.ts'
import type { ReceivedLogin } from '../judge/received-login.ts'
import { carriageHints, ofSignatureIn } from './carriage-hints.ts'
import { notTheAcs, notTheAudience, notTheIssuer, notTheRequest } from './known-texts.ts'

interface Validity {
  readonly notBefore?: number | undefined
  readonly notOnOrAfter?: number | undefined
}

const timed =
  (validityOf: (received: ReceivedLogin) => Validity | undefined): Hint<ReceivedLogin> =>
  (received) => {
    const { clock, config } = received.receiver
    const { issueInstant } = received.assertion.get()
    return hintForTime({ now: clock.now(), skewMs: config.clockSkewMs, ...validityOf(received), issueInstant })
  }

const ofConditions = timed(({ assertion }) => assertion.get().conditions)
const ofRequest = compared<ReceivedLogin>((received) => notTheRequest(received.response.get(), received))

const ofAssertionSignature: Hint<ReceivedLogin> = ({ found, receiver }) => ofSignatureIn(found.get(), receiver)

export const loginHints: Hints<ReceivedLogin> = {
  ...carriageHints,
  answersAPendingRequest: ofRequest,
  tellsSuccess: compared(),
  fromTheIdp: compared(notTheIssuer),
  forThisRealm: compared(notTheAcs),
  assertionIsSigned: ofAssertionSignature,
  assertionSignedByTheIdp: ofAssertionSignature,
  forThisAudience: compared(notTheAudience),
  assertionHasBegun: ofConditions,
  assertionNotExpired: ofConditions,
  assertionFromTheIdp: compared(notTheIssuer),
  forThisAcs: compared(notTheAcs),
  bearerNotExpired: timed((received) => ({ notOnOrAfter: bearerOf(received).notOnOrAfter })),
  bearerAnswersAPendingRequest: ofRequest,
  sessionNotExpired: timed(({ assertion }) => ({ notOnOrAfter: statementOf(assertion.get()).sessionNotOnOrAfter })),
  authenticatedAsRequested: compared(),
  namesAUser: compared(),
}
