import type { Status } from '#saml/messages/status'
import type { SessionParticipant } from '../sessions/idp-session.ts'

/** Who asked for the logout and therefore hears how it ended. */
export type LogoutOrigin =
  | { readonly kind: 'portal' }
  /** Nobody: its one LogoutRequest was minted. No session has ended, and nobody carries the run on. */
  | { readonly kind: 'minted' }
  | {
      readonly kind: 'sp'
      readonly spEntityId: string
      /** ID of its LogoutRequest. */
      readonly requestId: string
      readonly relayState: string | undefined
      /** It called and waits for the answer, without a browser. */
      readonly waits?: true | undefined
      readonly answer: RequesterAnswer
    }

/** Whether the requester has been told how it ended. */
export type RequesterAnswer =
  | { readonly kind: 'owed' }
  | { readonly kind: 'sent' }
  /** It asked for none. */
  | { readonly kind: 'unwanted' }
  | { readonly kind: 'failed'; readonly reason: string }

/** Why something that came back cannot be believed: the code for programs, the sentence for people. */
export interface RefusedAnswer {
  readonly code: string
  readonly reason: string
}

/** What a participant said. */
export interface GivenAnswer {
  readonly status: Status
  /** Whether it means that its session has ended. */
  readonly confirmed: boolean
  /** When it came, in epoch milliseconds. */
  readonly at?: number | undefined
}

export type LegState =
  | { readonly kind: 'pending' }
  /** `doubtful`: something came back that may or may not be its answer. */
  | { readonly kind: 'asked'; readonly doubtful?: RefusedAnswer }
  | ({ readonly kind: 'answered' } & GivenAnswer)
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** It can be asked by a browser only, and who asked for the logout has none. */
  | { readonly kind: 'needs-a-browser' }
  /** It could have been asked and was not. */
  | { readonly kind: 'skipped'; readonly reason: string }
  | ({ readonly kind: 'refused' } & RefusedAnswer)
  /** `afterMs`: how long it was waited for, where that was not for a person to say. */
  | { readonly kind: 'timed-out'; readonly afterMs?: number | undefined }
  | { readonly kind: 'failed'; readonly reason: string }

/** The LogoutRequest that a participant was sent. */
export interface SentRequest {
  readonly id: string
  /** The word for the way in which it went. */
  readonly way: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** One participant and how far its logout has come. */
export interface LogoutLeg {
  readonly participant: SessionParticipant
  readonly state: LegState
  /** Undefined until it was asked. */
  readonly request?: SentRequest
  /** What came when nobody waited for it any longer. It changes nothing that was said. */
  readonly late?: GivenAnswer
}

/** How the participants are asked that need a browser: one after the other, or all at once in frames of one page. */
export const propagations = ['chain', 'frames'] as const
/** What a participant that does not confirm means for those that were not asked yet. */
export const failureAnswers = ['continue', 'stop'] as const

/**
 * A single logout on its way, as a value: no HTTP, no clock, no store. A redirect chain, a POST form, a frame and a SOAP call
 * are ways to carry it; several legs may be asked at the same time.
 */
export interface LogoutRun {
  readonly id: string
  readonly userName: string
  readonly origin: LogoutOrigin
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly propagation: (typeof propagations)[number]
  readonly onFailure: (typeof failureAnswers)[number]
  /** The session only seems to have ended. */
  readonly keepsSession: boolean
  readonly legs: readonly LogoutLeg[]
  /** Logins that ended as well and about which nobody is asked: those of the requester that it did not name, or those of whom the logout was not to tell. */
  readonly leftOut: readonly SessionParticipant[]
  /** Logins of the requester that it named: it knows already, and is not asked back. */
  readonly requested: readonly SessionParticipant[]
  /** The sessions that it is about, ended or kept. */
  readonly sessionIds: readonly string[]
  /** The id of the run that asks those again that did not confirm this one, once somebody wanted that. */
  readonly again?: string | undefined
  /** What comes next in it is on its way to somebody, whether it arrives or not. */
  readonly isUnderWay?: true | undefined
  /** Somebody else than who began it is, or was, at it as well before anybody heard of it. */
  readonly isJoined?: true | undefined
}

export type LogoutOutcome = 'complete' | 'partial'

export type LogoutStep =
  | { readonly kind: 'ask'; readonly participant: SessionParticipant }
  /** One page has a frame for each who was not asked yet. */
  | { readonly kind: 'frame' }
  | { readonly kind: 'wait'; readonly participants: readonly SessionParticipant[] }
  | { readonly kind: 'answer'; readonly origin: Extract<LogoutOrigin, { kind: 'sp' }>; readonly outcome: LogoutOutcome }
  | { readonly kind: 'finish'; readonly outcome: LogoutOutcome }

/** What a run starts with. */
type Started = Pick<LogoutRun, 'id' | 'userName' | 'origin' | 'startedAt'> &
  Partial<Omit<LogoutRun, 'legs'>> & { readonly participants: readonly SessionParticipant[] }

/** A run in which nobody has been asked yet. */
export function startLogoutRun({ participants, ...given }: Started): LogoutRun {
  return {
    propagation: 'chain',
    onFailure: 'continue',
    keepsSession: false,
    leftOut: [],
    requested: [],
    sessionIds: [],
    legs: participants.map((participant) => ({ participant, state: { kind: 'pending' } })),
    ...given,
  }
}

/** Whether nobody can have heard of it yet. */
export function isUnheardOf({ isUnderWay, legs }: LogoutRun): boolean {
  return isUnderWay !== true && legs.every(({ state }) => state.kind === 'pending')
}

/** A run that was begun before, about what another one is about as well. */
export function joinRuns(earlier: LogoutRun, other: LogoutRun): LogoutRun {
  const known = new Set(
    [...earlier.legs.map(({ participant }) => participant), ...earlier.leftOut, ...earlier.requested].map(nameOf),
  )
  const isNew = (participant: SessionParticipant): boolean => !known.has(nameOf(participant))
  return {
    ...earlier,
    legs: [...earlier.legs, ...other.legs.filter(({ participant }) => isNew(participant))],
    leftOut: [...earlier.leftOut, ...other.leftOut.filter(isNew)],
    requested: [...earlier.requested, ...other.requested.filter(isNew)],
    sessionIds: [...new Set([...earlier.sessionIds, ...other.sessionIds])],
  }
}

const nameOf = ({ spEntityId, sessionIndex }: SessionParticipant): string => JSON.stringify([spEntityId, sessionIndex])

/** What is done next: in a chain nobody is asked while somebody is, in frames nobody waits for another. */
export function decideNextStep(run: LogoutRun): LogoutStep {
  const asked = run.legs.filter((leg) => leg.state.kind === 'asked')
  const pending = run.legs.find((leg) => leg.state.kind === 'pending')
  if (pending !== undefined && run.propagation === 'frames') return { kind: 'frame' }
  if (asked.length > 0) return { kind: 'wait', participants: asked.map((leg) => leg.participant) }
  if (pending !== undefined) return { kind: 'ask', participant: pending.participant }
  // Who was left out did not confirm anything.
  const outcome = run.legs.every(isConfirmed) && run.leftOut.length === 0 ? 'complete' : 'partial'
  const { origin } = run
  const owesAnswer = origin.kind === 'sp' && origin.answer.kind === 'owed'
  return owesAnswer ? { kind: 'answer', origin, outcome } : { kind: 'finish', outcome }
}

/** The leg whose participant was sent this LogoutRequest, whatever became of it. */
export function findLeg(run: LogoutRun, requestId: string): LogoutLeg | undefined {
  return run.legs.find(({ request }) => request?.id === requestId)
}

/** The leg that waits for the answer to this LogoutRequest. */
export function findAskedLeg(run: LogoutRun, requestId: string): LogoutLeg | undefined {
  const leg = findLeg(run, requestId)
  return leg?.state.kind === 'asked' ? leg : undefined
}

/** Whether nobody waits any longer for the true answer of this participant, and it has not come late either. */
export function isOverdue({ state, late }: LogoutLeg): boolean {
  return late === undefined && (state.kind === 'timed-out' || state.kind === 'refused')
}

/** Whether a participant turned out not to confirm the logout. */
export function isMissed({ state }: LogoutLeg): boolean {
  return state.kind === 'answered' ? !state.confirmed : state.kind !== 'pending' && state.kind !== 'asked'
}

/** The logins that a later logout may ask again: who did not confirm, not even late, and who was left out. */
export function unconfirmed({ legs, leftOut }: LogoutRun): readonly SessionParticipant[] {
  const missed = legs.filter((leg) => isMissed(leg) && leg.late?.confirmed !== true)
  return [...missed.map(({ participant }) => participant), ...leftOut]
}

const isConfirmed = ({ state }: LogoutLeg): boolean => state.kind === 'answered' && state.confirmed
