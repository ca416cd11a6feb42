import { type Clock, type ClockState, systemClock } from './clock.ts'

/** What a clock is told: a state to be in, the machine's time when that is empty, or how far a clock that stands goes on. One of them. */
export interface ClockChange extends ClockState {
  readonly advanceMs?: number | undefined
}

/** A clock that follows the machine's, as it is or at a distance, or stands. */
export interface MovableClock extends Clock {
  readonly state: () => ClockState
  /** Takes effect at once, and answers the state after it. @throws ClockError when it cannot be; then nothing has changed */
  change(change: ClockChange): ClockState
}

/** Why a clock cannot be moved so: what was named, what was expected there and what was found. */
export class ClockError extends Error {
  override readonly name = 'ClockError'
  constructor(
    readonly path: string,
    readonly expected: string,
    readonly actual: string,
  ) {
    super(`${path || 'the clock'}: expected ${expected}, found ${actual}`)
  }
}

/** 50 years: nobody needs more. Every instant keeps a year of four digits, lifetimes added (saml-core-2.0 §1.3.3, xs:dateTime), and one that a certificate can begin at. */
export const mostMovedMs = 1_577_880_000_000

const [earliest, latest] = [Date.UTC(1970), Date.UTC(3000)]

/** A clock in this state, beside the real one. @throws ClockError when it cannot be in it */
export function movableClock(start: ClockState = {}, real: Clock = systemClock): MovableClock {
  let state = checkedState(start)
  const set = (next: ClockState) => {
    state = next
  }
  return clockThatIs({ get: () => state, set }, real)
}

/** Where the state of a clock stands; what is set has been checked. */
export interface ClockPlace {
  get(): ClockState
  set(state: ClockState): void
}

/** The clock whose state stands there. */
export function clockThatIs({ get, set }: ClockPlace, real: Clock = systemClock): MovableClock {
  return {
    now: () => {
      const { frozenAt, shiftMs = 0 } = get()
      return frozenAt === undefined ? real.now() + shiftMs : Date.parse(frozenAt)
    },
    state: get,
    change(change) {
      const next = stateAfter(change, get())
      set(next)
      return next
    },
  }
}

/** @throws ClockError when no clock can be in it */
export const checkedState = (state: ClockState): ClockState => stateAfter(state, {})

function stateAfter(change: ClockChange, before: ClockState): ClockState {
  const given = (['shiftMs', 'frozenAt', 'advanceMs'] as const).filter((key) => change[key] !== undefined)
  if (given.length > 1) throw new ClockError('', 'one of shiftMs, frozenAt and advanceMs', given.join(' and '))
  const { shiftMs, frozenAt, advanceMs } = change
  if (shiftMs !== undefined) return { shiftMs: checkDistance('shiftMs', shiftMs) }
  if (frozenAt !== undefined) return standingAt('frozenAt', Date.parse(frozenAt), frozenAt)
  if (advanceMs === undefined) return {}
  if (before.frozenAt === undefined) throw new ClockError('advanceMs', 'a clock that stands', 'one that runs')
  const instant = Date.parse(before.frozenAt) + checkDistance('advanceMs', advanceMs)
  return standingAt('advanceMs', instant, `${advanceMs} from ${before.frozenAt}`)
}

function checkDistance(path: string, ms: number): number {
  if (Number.isInteger(ms) && Math.abs(ms) <= mostMovedMs) return ms
  throw new ClockError(path, `a whole number from -${mostMovedMs} to ${mostMovedMs}`, String(ms))
}

function standingAt(path: string, instant: number, told: string): ClockState {
  if (instant >= earliest && instant < latest) return { frozenAt: instantText(instant) }
  throw new ClockError(path, 'an instant of the years 1970 to 2999', told)
}

/** Without milliseconds where there are none, as people write it. */
const instantText = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
