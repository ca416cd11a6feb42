import type { Clock, ClockState } from '#server/clock'
import { ConfigError } from '#server/config-error'
import { type ClockChange, ClockError, checkedState, clockThatIs, type MovableClock } from '#server/movable-clock'
import { NoSuch } from '#server/no-such'
import { createMemoryStore, type Store } from '#server/store/store'

/** How the clocks of parties stand, by the name of the party. */
export type PartyClocks = Readonly<Record<string, ClockState>>

/** The clocks of the parties that run: `idp`, `es`, and each application and partner by its name (`spec/contract.md` §2.6). */
export interface Clocks {
  /** A party's clock, for the party to read: it moves when somebody sets it. @throws NoSuch */
  get(party: string): Clock
  /** Takes effect at once, and answers how the clock stands then. @throws NoSuch, or ClockError; then nothing has changed */
  set(party: string, change: ClockChange): ClockState
  /** How each stands, in a form that a world or `set` takes again. */
  all(): PartyClocks
  /** Puts each back to how it stood at the start. */
  reset(): void
}

/** Nobody of this name runs here. */
export const noSuchParty = (named: string, known: readonly string[]): NoSuch =>
  new NoSuch({ what: 'party', type: 'noSuchParty', named, known })

/** Clocks for these parties, as a world wants them, the same at every replica; the machine's where it says nothing. @throws ConfigError naming the dotted path of a clock that cannot be as it says */
export function createClocks(
  parties: readonly string[],
  start: PartyClocks = {},
  store: Store = createMemoryStore(),
): Clocks {
  const states = store.sharedMap<ClockState>({
    name: 'clocks',
    atStart: parties.map((party) => [party, stateOf(party, start[party])]),
  })
  const clockOf = (party: string): MovableClock =>
    clockThatIs({ get: () => states.get(party) ?? {}, set: (state) => void states.put(party, state) })
  const clocks = new Map(parties.map((party) => [party, clockOf(party)]))
  const get = (party: string): MovableClock => {
    const clock = clocks.get(party)
    if (clock === undefined) throw noSuchParty(party, parties)
    return clock
  }
  return {
    get,
    set: (party, change) => get(party).change(change),
    all: () => Object.fromEntries([...clocks].map(([party, clock]) => [party, clock.state()])),
    reset: states.reset,
  }
}

function stateOf(party: string, state: ClockState = {}): ClockState {
  try {
    return checkedState(state)
  } catch (cause) {
    if (!(cause instanceof ClockError)) throw cause
    const { path, expected, actual } = cause
    const dotted = ['clocks', party, path].filter(Boolean).join('.')
    throw new ConfigError(`${dotted}: expected ${expected}, found ${actual}`, { cause })
  }
}
