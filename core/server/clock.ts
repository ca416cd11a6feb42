/** Where every role takes the present from, so that a test or a lab can stand at any instant. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** How it was moved, if it is one that can be. */
  readonly state?: () => ClockState
}

/** How a clock differs from the machine's: by a shift, or it stands; not at all when neither is there. At most one of them is. */
export interface ClockState {
  /** Ahead of the machine's; negative when behind. */
  readonly shiftMs?: number | undefined
  /** An ISO 8601 instant. */
  readonly frozenAt?: string | undefined
}

/** The machine's own time. No other file asks for it. */
export const systemClock: Clock = { now: () => Date.now() }

/** A clock that moves only when told to. */
export interface SettableClock extends Clock {
  set(ms: number): void
  advance(ms: number): void
}

/** A clock that stands at `at`: epoch milliseconds or an ISO 8601 instant. */
export function settableClock(at: number | string): SettableClock {
  let now = typeof at === 'number' ? at : Date.parse(at)
  if (!Number.isFinite(now)) throw new TypeError(`a clock cannot stand at ${at}`)
  return {
    now: () => now,
    set: (ms) => {
      now = ms
    },
    advance: (ms) => {
      now += ms
    },
  }
}
