import { generateCredential } from '#saml/credentials'
import { parseInstant } from '#saml/instants'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import type { Check } from '#saml/rules/ask-all'
import { verdictOf } from '#saml/rules/verdict'
import { systemClock } from '#server/clock'
import { createIdp } from '../../idp/index.ts'
import type { Judge } from './explained.ts'

const whoIsSignedIn = 'nobody said who is signed in at the receiver'
const whatWaits = 'nobody said which requests of the receiver wait for an answer'

/** What only the receiver knows, by the rules that are about it. */
const ofTheReceiver: Readonly<Record<string, string>> = {
  ownDestination: 'nobody said where the receiver takes it',
  notSeen: 'nobody said what the receiver has seen',
  namesItsPrincipal: 'nobody said what the keys of the receiver are',
  namesASession: whoIsSignedIn,
  namesItExactly: whoIsSignedIn,
  awaited: whatWaits,
  fromWhoWasAsked: whatWaits,
}

/** Judges as an identity provider does that knows these senders by their metadata, and of which nothing else is known. */
export async function judgeOfServiceProviders(senders: readonly SpMetadata[]): Promise<Judge> {
  // It signs nothing; the kind that is made fastest.
  const credential = await generateCredential('unknown', systemClock.now(), { kind: 'P-256' })
  const idp = createIdp({
    baseUrl: 'http://unknown.invalid',
    credential,
    serviceProviders: senders.map((metadata) => ({ metadata })),
  })
  return async (presented, { at }) => {
    const judged = await idp.explain(presented, { at: at === undefined ? undefined : parseInstant(at) })
    const { logout: _logout, wouldInvalidate: _ended, nearest: _nearest, ...judgement } = judged
    const checks = judgement.checks.map(asFarAsItIsKnown)
    return { ...judgement, checks, ...verdictOf(checks), wouldInvalidate: null }
  }
}

/** A name that is not encrypted needs no key of the receiver. */
function asFarAsItIsKnown(check: Check): Check {
  const missing = ofTheReceiver[check.rule]
  if (missing === undefined || (check.rule === 'namesItsPrincipal' && check.holds === true)) return check
  return { ...check, holds: null, message: missing, expected: null, actual: null, hint: null }
}
