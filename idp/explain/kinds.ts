import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { asFarAsItCanBeRead } from '#saml/rules/as-far-as-it-can-be-read'
import { type MessageKind, receive } from '../inbox/received.ts'
import type { IdpParts } from '../parts.ts'
import { answering, authenticity, logoutResponse } from '../slo/logout-response-rules.ts'
import { findLeg } from '../slo/logout-run.ts'
import { authnRequest, authnRequestRules } from '../sso/authn-request-rules.ts'
import { wishes } from '../sso/unmet.ts'
import { answerHints } from './answer-hints.ts'
import { explainLogoutRequest } from './explain-logout-request.ts'
import { explainRules, explainTolerantRules } from './explain-rules.ts'
import { receivedHints } from './hints.ts'
import type { Circumstances, KindJudgement, ToExplain } from './kind-judgement.ts'

type Explain = (parts: IdpParts, told: ToExplain, circumstances: Circumstances) => Promise<KindJudgement>

/** How each kind of message is explained that an IdP receives. */
export const kinds: Readonly<Record<MessageKind<unknown>['name'], Explain>> = {
  AuthnRequest: explainAuthnRequest,
  LogoutRequest: explainLogoutRequest,
  LogoutResponse: explainLogoutResponse,
}

const endsNothing = { wouldInvalidate: 0, nearest: [], logout: null }

async function explainAuthnRequest(
  parts: IdpParts,
  { raw, presented }: ToExplain,
  { at }: Circumstances,
): Promise<KindJudgement> {
  const received = receive(parts, raw, { kind: authnRequest, now: at })
  return {
    ...endsNothing,
    xml: asFarAsItCanBeRead(() => received.xml.get()),
    checks: [
      ...explainTolerantRules(authnRequestRules, received, receivedHints({ parts, presented })),
      ...explainRules(wishes, { message: received.message, parties: () => partiesOf(parts, received.sp.get()) }),
    ],
  }
}

function partiesOf({ config, serviceProviders }: IdpParts, { entityId }: SpMetadata) {
  const sp = serviceProviders.get(entityId)
  if (sp === undefined) throw new TypeError('whose metadata was found is trusted')
  return { sp, idpEntityId: config.entityId }
}

async function explainLogoutResponse(
  parts: IdpParts,
  { raw, presented }: ToExplain,
  { at, inResponseTo: pending }: Circumstances,
): Promise<KindJudgement> {
  const received = receive(parts, raw, { kind: logoutResponse, now: at })
  const { inResponseTo = '' } = asFarAsItCanBeRead(received.message) ?? {}
  const run = await parts.logoutRuns.findByRequestId(inResponseTo)
  const sent = await parts.logoutRuns.findSent(inResponseTo)
  const checks = explainTolerantRules(
    [...authenticity, ...answering],
    { ...received, run, pending },
    { ...receivedHints({ parts, presented }), ...answerHints(sent) },
  )
  const logout = run && findLeg(run, inResponseTo) ? run.id : null
  return { ...endsNothing, xml: asFarAsItCanBeRead(() => received.xml.get()), checks, logout }
}
