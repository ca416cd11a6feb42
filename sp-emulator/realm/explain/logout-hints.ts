import { compared } from '#saml/rules/hints/compared'
import type { Hints } from '#saml/rules/hints/hint'
import { hintForTime } from '#saml/rules/hints/time'
import type { ReceivedLogoutRequest } from '../judge/accept-logout-request.ts'
import type { ReceivedLogoutResponse } from '../judge/check-logout-response.ts'
import { carriageHints, ofMissingSignature } from './carriage-hints.ts'
import { notTheIssuer, notTheLogoutAddress, notTheRequest } from './known-texts.ts'

export const logoutRequestHints: Hints<ReceivedLogoutRequest> = {
  ...carriageHints,
  isSigned: ofMissingSignature,
  fromTheIdp: compared(notTheIssuer),
  forThisRealm: compared(notTheLogoutAddress),
  notExpired: ({ request, receiver: { clock, config } }) => {
    const { notOnOrAfter, issueInstant } = request.get()
    return hintForTime({ now: clock.now(), skewMs: config.clockSkewMs, notOnOrAfter, issueInstant })
  },
}

export const logoutResponseHints: Hints<ReceivedLogoutResponse> = {
  ...carriageHints,
  queryIsSigned: (received) =>
    received.isSigned()
      ? 'the document in it is signed, which does not count in a redirect: there the query is to be signed'
      : ofMissingSignature(received),
  answersAPendingRequest: compared((received) => notTheRequest(received.response.get(), received)),
  tellsSuccess: compared(),
  fromTheIdp: compared(notTheIssuer),
  forThisRealm: compared(notTheLogoutAddress),
}
