import { asFarAsItCanBeRead } from '#saml/rules/as-far-as-it-can-be-read'
import { Unaskable } from '#saml/rules/unaskable'
import type { IdpParts } from '../parts.ts'
import { type FoundSessions, findSessions } from '../slo/find-sessions.ts'
import {
  acceptance,
  authenticity,
  firstTime,
  logoutRequestOf,
  matching,
  type ReceivedLogoutRequest,
} from '../slo/logout-request-rules.ts'
import { explainTolerantRules } from './explain-rules.ts'
import { receivedHints, requestHints } from './hints.ts'
import type { Circumstances, KindJudgement, ToExplain } from './kind-judgement.ts'
import { type NearSession, nearestSessions } from './nearest-sessions.ts'

/** What is to be said of a LogoutRequest, and which sessions it means. */
export async function explainLogoutRequest(
  parts: IdpParts,
  { raw, presented }: ToExplain,
  { at }: Circumstances,
): Promise<KindJudgement> {
  const received = logoutRequestOf(parts, raw, at)
  const { xml, message, tolerate } = received
  const [found, alreadySeen] = [await meantBy(parts, received), await wasSeen(parts, received)]
  const checks = [
    ...explainTolerantRules([...authenticity, ...acceptance], received, {
      ...receivedHints({ parts, presented }),
      ...requestHints,
    }),
    ...explainTolerantRules(firstTime, { message, tolerate, alreadySeen }),
    ...explainTolerantRules(matching, { message, tolerate, found: () => found ?? nobodyKnown() }),
  ]
  const isMeant = checks.slice(-matching.length).every(({ holds }) => holds === true)
  const wouldInvalidate = (isMeant && found?.sessions.length) || 0
  const nearest = wouldInvalidate === 0 ? await nearestTo(parts, received) : []
  return { xml: asFarAsItCanBeRead(() => xml.get()), checks, wouldInvalidate, nearest, logout: null }
}

async function meantBy(
  { sessions }: IdpParts,
  { sp, nameId, message }: ReceivedLogoutRequest,
): Promise<FoundSessions | undefined> {
  const named = asFarAsItCanBeRead(() => ({
    spEntityId: sp.get().entityId,
    request: { ...message(), nameId: nameId.get() },
  }))
  return named && findSessions(sessions, named.spEntityId, named.request)
}

/** Whether it was acted upon before, for whoever asks. */
async function wasSeen({ seenRequests }: IdpParts, { sp, message }: ReceivedLogoutRequest): Promise<() => boolean> {
  const request = () => ({ spEntityId: sp.get().entityId, id: message().id })
  const named = asFarAsItCanBeRead(request)
  const isSeen = named !== undefined && (await seenRequests.has(named))
  return () => request() !== undefined && isSeen
}

function nobodyKnown(): never {
  throw new Unaskable('nobody knows whom it names')
}

async function nearestTo(
  { sessions }: IdpParts,
  { nameId, message }: ReceivedLogoutRequest,
): Promise<readonly NearSession[]> {
  const named = asFarAsItCanBeRead(() => {
    const { issuer: spEntityId = '', sessionIndexes } = message()
    return { spEntityId, sessionIndexes, nameId: nameId.get() }
  })
  return named === undefined ? [] : nearestSessions(await sessions.list(), named)
}
