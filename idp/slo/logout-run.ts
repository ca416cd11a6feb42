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

export type LegState =
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'asked'
      readonly requestId: string
      /** Something came back that may or may not be its answer. */
      readonly doubtful?: RefusedAnswer
    }
  | { readonly kind: 'answered'; readonly status: Status; readonly confirmed: boolean }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | ({ readonly kind: 'refused' } & RefusedAnswer)
  | {
      readonly kind: 'timed-out'
      /** How long it was waited for, where that was not for a person to say. */
      readonly afterMs?: number
    }
  | { readonly kind: 'failed'; readonly reason: string }

/** One participant and how far its logout has come. */
export interface LogoutLeg {
  readonly participant: SessionParticipant
  readonly state: LegState
  /** The word for the way in which it was asked; undefined until it was. */
  readonly askedBy?: string
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
  /** Logins of the requester that ended as well and that it did not name: it is not asked about them. */
  readonly leftOut: readonly SessionParticipant[]
}

export type LogoutOutcome = 'complete' | 'partial'

export type LogoutStep =
  | { readonly kind: 'ask'; readonly participant: SessionParticipant }
  | { readonly kind: 'wait'; readonly participants: readonly SessionParticipant[] }
  | { readonly kind: 'answer'; readonly origin: Extract<LogoutOrigin, { kind: 'sp' }>; readonly outcome: LogoutOutcome }
  | { readonly kind: 'finish'; readonly outcome: LogoutOutcome }

/** A run in which nobody has been asked yet. */
export function startLogoutRun(
  given: Omit<LogoutRun, 'legs' | 'leftOut'> & {
    readonly participants: readonly SessionParticipant[]
    readonly leftOut?: readonly SessionParticipant[]
  },
): LogoutRun {
  const { participants, leftOut = [], ...run } = given
  return { ...run, leftOut, legs: participants.map((participant) => ({ participant, state: { kind: 'pending' } })) }
}

/** What a transport that tells one participant after the other does next. */
export function decideNextStep(run: LogoutRun): LogoutStep {
  const asked = run.legs.filter((leg) => leg.state.kind === 'asked')
  if (asked.length > 0) return { kind: 'wait', participants: asked.map((leg) => leg.participant) }
  const pending = run.legs.find((leg) => leg.state.kind === 'pending')
  if (pending !== undefined) return { kind: 'ask', participant: pending.participant }
  const outcome = run.legs.every(isConfirmed) ? 'complete' : 'partial'
  const { origin } = run
  const owesAnswer = origin.kind === 'sp' && origin.answer.kind === 'owed'
  return owesAnswer ? { kind: 'answer', origin, outcome } : { kind: 'finish', outcome }
}

/** The leg that waits for the answer to this LogoutRequest. */
export function findAskedLeg(run: LogoutRun, requestId: string): LogoutLeg | undefined {
  return run.legs.find(({ state }) => state.kind === 'asked' && state.requestId === requestId)
}

const isConfirmed = ({ state }: LogoutLeg): boolean => state.kind === 'answered' && state.confirmed
