import type { Status } from '#saml/messages/status'
import type { SessionParticipant } from '../sessions/idp-session.ts'
import {
  decideNextStep,
  findAskedLeg,
  type LegState,
  type LogoutLeg,
  type LogoutRun,
  type RefusedAnswer,
  type RequesterAnswer,
} from './logout-run.ts'

/** A participant can be asked in this way, or not for this reason. */
export type Reach = { readonly way: string } | { readonly noWay: string }

/**
 * One participant after the other: marks the next one as asked with this request, unless somebody is asked already. Who cannot be
 * reached is passed over, with the reason that `reach` gives.
 */
export function askNext(
  run: LogoutRun,
  requestId: string,
  reach: (participant: SessionParticipant) => Reach,
): LogoutRun {
  const step = decideNextStep(run)
  if (step.kind !== 'ask') return run
  const reached = reach(step.participant)
  if ('way' in reached) return recordAsked(run, step.participant, { requestId, way: reached.way })
  return askNext(recordUnreachable(run, step.participant, reached.noWay), requestId, reach)
}

interface Asked {
  readonly requestId: string
  readonly way: string
}

/** The participant was sent the LogoutRequest with this ID, in this way. */
export function recordAsked(run: LogoutRun, participant: SessionParticipant, asked: Asked): LogoutRun {
  return changeLeg(run, pendingLeg(run, participant), askedNow(asked))
}

const askedNow = ({ requestId, way: askedBy }: Asked) => ({ state: { kind: 'asked', requestId }, askedBy }) as const

/** The participant cannot be asked: no endpoint, no longer known. */
export function recordUnreachable(run: LogoutRun, participant: SessionParticipant, reason: string): LogoutRun {
  return changeLeg(run, pendingLeg(run, participant), { state: { kind: 'unreachable', reason } })
}

/** Marks every pending participant as asked for which `ask` has a request, all at the same time. */
export function askAtOnce(run: LogoutRun, ask: (participant: SessionParticipant) => Asked | undefined): LogoutRun {
  const legs = run.legs.map((leg): LogoutLeg => {
    const asked = leg.state.kind === 'pending' ? ask(leg.participant) : undefined
    return asked === undefined ? leg : { ...leg, ...askedNow(asked) }
  })
  return { ...run, legs }
}

/** The participant was called and did not answer in time, or not at all. */
export function recordFailedCall(
  run: LogoutRun,
  requestId: string,
  failure: Extract<LegState, { kind: 'timed-out' | 'failed' }>,
): LogoutRun {
  return changeLeg(run, askedLeg(run, requestId), { state: failure })
}

/** The participant answered. `confirmed` says whether the answer means that its session has ended. */
export function recordAnswer(
  run: LogoutRun,
  requestId: string,
  given: { readonly status: Status; readonly confirmed: boolean },
): LogoutRun {
  return changeLeg(run, askedLeg(run, requestId), { state: { kind: 'answered', ...given } })
}

/** What the participant answered cannot be believed, and nothing better is waited for. */
export function recordRefusedAnswer(run: LogoutRun, requestId: string, refused: RefusedAnswer): LogoutRun {
  return changeLeg(run, askedLeg(run, requestId), { state: { kind: 'refused', ...refused } })
}

/** Something came back while somebody was asked. Whether it is the answer is not known, so the true one is still waited for. */
export function recordDoubt(run: LogoutRun, doubtful: RefusedAnswer): LogoutRun {
  const leg = run.legs.find(({ state }) => state.kind === 'asked')
  return leg?.state.kind === 'asked' ? changeLeg(run, leg, { state: { ...leg.state, doubtful } }) : run
}

/** The participant was asked and nobody waits for it any longer: it did not answer, or only what cannot be believed. */
export function recordTimeout(run: LogoutRun, requestId: string): LogoutRun {
  const leg = askedLeg(run, requestId)
  const doubtful = leg.state.kind === 'asked' ? leg.state.doubtful : undefined
  return changeLeg(run, leg, {
    state: doubtful === undefined ? { kind: 'timed-out' } : { kind: 'refused', ...doubtful },
  })
}

/** The requester was told, or cannot be. */
export function recordRequesterAnswer(run: LogoutRun, answer: RequesterAnswer): LogoutRun {
  return run.origin.kind === 'sp' ? { ...run, origin: { ...run.origin, answer } } : run
}

/** Everybody who has not answered yet counts as timed out; those who were not asked yet still will be. */
export function giveUpWaiting(run: LogoutRun): LogoutRun {
  const requestIds = run.legs.flatMap(({ state }) => (state.kind === 'asked' ? [state.requestId] : []))
  return requestIds.reduce(recordTimeout, run)
}

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

function changeLeg(run: LogoutRun, changed: LogoutLeg, change: Pick<LogoutLeg, 'state' | 'askedBy'>): LogoutRun {
  return { ...run, legs: run.legs.map((leg) => (leg === changed ? { ...leg, ...change } : leg)) }
}
