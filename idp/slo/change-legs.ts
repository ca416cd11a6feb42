import type { SessionParticipant } from '../sessions/idp-session.ts'
import {
  decideNextStep,
  findAskedLeg,
  findLeg,
  type GivenAnswer,
  isMissed,
  isOverdue,
  type LegState,
  type LogoutLeg,
  type LogoutRun,
  type RefusedAnswer,
  type RequesterAnswer,
  type SentRequest,
} from './logout-run.ts'

/** A participant can be asked in this way, or not for this reason. */
export type Reach = { readonly way: string } | Extract<LegState, { kind: 'unreachable' | 'needs-a-browser' }>

type Reachable = (participant: SessionParticipant) => Reach

/**
 * One participant after the other: marks the next one as asked with this request, unless somebody is asked already. Who cannot be
 * reached is passed over, with the reason that `reach` gives.
 */
export function askNext(run: LogoutRun, request: Omit<SentRequest, 'way'>, reach: Reachable): LogoutRun {
  const step = decideNextStep(run)
  if (step.kind !== 'ask') return run
  const reached = reach(step.participant)
  if ('way' in reached) return recordAsked(run, step.participant, { ...request, way: reached.way })
  return askNext(changeLeg(run, pendingLeg(run, step.participant), { state: reached }), request, reach)
}

/** Passes over everybody who cannot be reached, before all others are asked. */
export function passOver(run: LogoutRun, reach: Reachable): LogoutRun {
  return run.legs.reduce((passed, { participant }, index) => {
    const leg = passed.legs[index]
    const reached = leg?.state.kind === 'pending' ? reach(participant) : undefined
    return leg === undefined || reached === undefined || 'way' in reached
      ? passed
      : changeLeg(passed, leg, { state: reached })
  }, run)
}

/** The participant was sent this LogoutRequest. */
export function recordAsked(run: LogoutRun, participant: SessionParticipant, request: SentRequest): LogoutRun {
  return changeLeg(run, pendingLeg(run, participant), askedNow(request))
}

const askedNow = (request: SentRequest) => ({ state: { kind: 'asked' }, request }) as const

/** Marks every pending participant as asked for which `ask` has a request, all at the same time. */
export function askAtOnce(
  run: LogoutRun,
  ask: (participant: SessionParticipant) => SentRequest | undefined,
): LogoutRun {
  const legs = run.legs.map((leg): LogoutLeg => {
    const request = leg.state.kind === 'pending' ? ask(leg.participant) : undefined
    return request === undefined ? leg : { ...leg, ...askedNow(request) }
  })
  return legs.every((leg, index) => leg === run.legs[index]) ? run : { ...run, legs }
}

/** The participant was called and did not answer in time, or not at all. */
export function recordFailedCall(
  run: LogoutRun,
  requestId: string,
  failure: Extract<LegState, { kind: 'timed-out' | 'failed' }>,
): LogoutRun {
  return changeLeg(run, askedLeg(run, requestId), { state: failure })
}

/** The participant answered while it was waited for. */
export function recordAnswer(run: LogoutRun, requestId: string, given: GivenAnswer): LogoutRun {
  return changeLeg(run, askedLeg(run, requestId), { state: { kind: 'answered', ...given } })
}

/** The participant answered when nobody waited for it any longer. What was said stands. */
export function recordLateAnswer(run: LogoutRun, requestId: string, late: GivenAnswer): LogoutRun {
  const leg = findLeg(run, requestId)
  return leg !== undefined && isOverdue(leg) ? changeLeg(run, leg, { state: leg.state, late }) : run
}

/** What the participant answered cannot be believed, and nothing better is waited for. */
export function recordRefusedAnswer(run: LogoutRun, requestId: string, refused: RefusedAnswer): LogoutRun {
  return changeLeg(run, askedLeg(run, requestId), { state: { kind: 'refused', ...refused } })
}

/** Something came back while the participant was waited for. Whether it is the answer is not known, so the true one is still waited for. */
export function recordDoubt(run: LogoutRun, requestId: string, doubtful: RefusedAnswer): LogoutRun {
  const leg = findAskedLeg(run, requestId)
  return leg === undefined ? run : changeLeg(run, leg, { state: { kind: 'asked', doubtful } })
}

/** The participant was asked and nobody waits for it any longer: it did not answer, or only what cannot be believed. */
export function recordTimeout(run: LogoutRun, requestId: string, afterMs?: number): LogoutRun {
  const leg = askedLeg(run, requestId)
  const doubtful = leg.state.kind === 'asked' ? leg.state.doubtful : undefined
  return changeLeg(run, leg, {
    state: doubtful === undefined ? { kind: 'timed-out', afterMs } : { kind: 'refused', ...doubtful },
  })
}

/** The requester was told, or cannot be. */
export function recordRequesterAnswer(run: LogoutRun, answer: RequesterAnswer): LogoutRun {
  return run.origin.kind === 'sp' ? { ...run, origin: { ...run.origin, answer } } : run
}

/** Everybody who has not answered yet counts as timed out; those who were not asked yet still will be. */
export function giveUpWaiting(run: LogoutRun): LogoutRun {
  return timeOutAsked(run, () => true)
}

interface Limits {
  /** Epoch milliseconds. */
  readonly now: number
  readonly participantTimeoutMs: number
  /** How long a whole run may take. */
  readonly pendingMs: number
}

/** A run as it stands when somebody looks: whoever was asked too long ago has timed out, and a run that nobody went on with is over (`spec/contract.md` §2.2). */
export function timeOut(run: LogoutRun, { now, participantTimeoutMs, pendingMs }: Limits): LogoutRun {
  const timedOut = timeOutAsked(run, ({ at }) => now >= at + participantTimeoutMs, participantTimeoutMs)
  if (now < run.startedAt + pendingMs) return timedOut
  return skipPending(giveUpWaiting(timedOut), 'nobody went on with the logout')
}

function timeOutAsked(run: LogoutRun, isOver: (request: SentRequest) => boolean, afterMs?: number): LogoutRun {
  const requests = run.legs.flatMap(({ state, request }) => (state.kind === 'asked' && request ? [request] : []))
  return requests.filter(isOver).reduce((changed, { id }) => recordTimeout(changed, id, afterMs), run)
}

function skipPending(run: LogoutRun, reason: string): LogoutRun {
  if (!run.legs.some(({ state }) => state.kind === 'pending')) return run
  const skipped = { kind: 'skipped', reason } as const
  return { ...run, legs: run.legs.map((leg) => (leg.state.kind === 'pending' ? { ...leg, state: skipped } : leg)) }
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

/** The one place where a leg changes, and so where a run stops that stops at the first participant that does not confirm. */
function changeLeg(run: LogoutRun, changed: LogoutLeg, change: Omit<LogoutLeg, 'participant'>): LogoutRun {
  // V8 takes a microsecond for each property that is new behind a spread with which a literal begins.
  const { participant, ...before } = changed
  const after = { participant, ...before, ...change }
  const next = { ...run, legs: run.legs.map((leg) => (leg === changed ? after : leg)) }
  if (run.onFailure === 'continue' || !isMissed(after)) return next
  return skipPending(next, 'the logout stopped at a service provider that did not confirm it')
}
