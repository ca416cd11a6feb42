import type { Status } from '#saml/messages/status'
import type { SessionParticipant } from '../sessions/idp-session.ts'

/** Who asked for the logout and therefore hears how it ended. */
export type LogoutOrigin =
  | { readonly kind: 'portal' }
  | {
      readonly kind: 'sp'
      readonly spEntityId: string
      /** ID of its LogoutRequest. */
      readonly requestId: string
      readonly relayState: string | undefined
    }

export type LegState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'asked'; readonly requestId: string }
  | { readonly kind: 'answered'; readonly status: Status; readonly confirmed: boolean }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'timed-out' }

/** One participant and how far its logout has come. */
export interface LogoutLeg {
  readonly participant: SessionParticipant
  readonly state: LegState
}

/**
 * A single logout on its way, as a value: no HTTP, no clock, no store. A redirect chain, a POST form, a frame and a SOAP call
 * are ways to carry it; several legs may be asked at the same time.
 */
export interface LogoutRun {
  readonly id: string
  readonly userName: string
  readonly origin: LogoutOrigin
  readonly legs: readonly LogoutLeg[]
}

export type LogoutOutcome = 'complete' | 'partial'

type LogoutStep =
  | { readonly kind: 'ask'; readonly participant: SessionParticipant }
  | { readonly kind: 'wait'; readonly participants: readonly SessionParticipant[] }
  | { readonly kind: 'finish'; readonly outcome: LogoutOutcome }

/** A run in which nobody has been asked yet. */
export function startLogoutRun(
  given: Omit<LogoutRun, 'legs'> & { readonly participants: readonly SessionParticipant[] },
): LogoutRun {
  const { participants, ...run } = given
  return { ...run, legs: participants.map((participant) => ({ participant, state: { kind: 'pending' } })) }
}

/** What a transport that tells one participant after the other does next. */
export function decideNextStep(run: LogoutRun): LogoutStep {
  const asked = run.legs.filter((leg) => leg.state.kind === 'asked')
  if (asked.length > 0) return { kind: 'wait', participants: asked.map((leg) => leg.participant) }
  const pending = run.legs.find((leg) => leg.state.kind === 'pending')
  if (pending !== undefined) return { kind: 'ask', participant: pending.participant }
  return { kind: 'finish', outcome: run.legs.every(isConfirmed) ? 'complete' : 'partial' }
}

/** The leg that waits for the answer to this LogoutRequest. */
export function findAskedLeg(run: LogoutRun, requestId: string): LogoutLeg | undefined {
  return run.legs.find(({ state }) => state.kind === 'asked' && state.requestId === requestId)
}

/**
 * One participant after the other: marks the next one as asked with this request, unless somebody is asked already. Who cannot be
 * reached, for the reason that `whyUnreachable` gives, has failed and is passed over.
 */
export function askNext(
  run: LogoutRun,
  requestId: string,
  whyUnreachable: (participant: SessionParticipant) => string | undefined,
): LogoutRun {
  const step = decideNextStep(run)
  if (step.kind !== 'ask') return run
  const reason = whyUnreachable(step.participant)
  if (reason === undefined) return recordAsked(run, step.participant, requestId)
  return askNext(recordFailure(run, step.participant, reason), requestId, whyUnreachable)
}

/** The participant was sent the LogoutRequest with this ID. */
export function recordAsked(run: LogoutRun, participant: SessionParticipant, requestId: string): LogoutRun {
  return changeLeg(run, pendingLeg(run, participant), { kind: 'asked', requestId })
}

/** The participant cannot be asked: no endpoint, no longer known. */
export function recordFailure(run: LogoutRun, participant: SessionParticipant, reason: string): LogoutRun {
  return changeLeg(run, pendingLeg(run, participant), { kind: 'failed', reason })
}

/** The participant answered. `confirmed` says whether the answer means that its session has ended. */
export function recordAnswer(
  run: LogoutRun,
  requestId: string,
  given: { readonly status: Status; readonly confirmed: boolean },
): LogoutRun {
  return changeLeg(run, askedLeg(run, requestId), { kind: 'answered', ...given })
}

/** The participant was asked and nobody waits for it any longer. */
export function recordTimeout(run: LogoutRun, requestId: string): LogoutRun {
  return changeLeg(run, askedLeg(run, requestId), { kind: 'timed-out' })
}

/** Everybody who has not answered yet counts as timed out; those who were not asked yet still will be. */
export function giveUpWaiting(run: LogoutRun): LogoutRun {
  const requestIds = run.legs.flatMap(({ state }) => (state.kind === 'asked' ? [state.requestId] : []))
  return requestIds.reduce(recordTimeout, run)
}

const isConfirmed = ({ state }: LogoutLeg): boolean => state.kind === 'answered' && state.confirmed

function askedLeg(run: LogoutRun, requestId: string): LogoutLeg {
  const leg = findAskedLeg(run, requestId)
  if (leg === undefined) throw new TypeError(`logout ${run.id} does not wait for an answer to ${requestId}`)
  return leg
}

function pendingLeg(run: LogoutRun, participant: SessionParticipant): LogoutLeg {
  const { sessionIndex } = participant
  const leg = run.legs.find((each) => each.participant.sessionIndex === sessionIndex && each.state.kind === 'pending')
  if (leg === undefined) throw new TypeError(`logout ${run.id} has no pending participant with session ${sessionIndex}`)
  return leg
}

function changeLeg(run: LogoutRun, changed: LogoutLeg, state: LegState): LogoutRun {
  return { ...run, legs: run.legs.map((leg) => (leg === changed ? { ...leg, state } : leg)) }
}
