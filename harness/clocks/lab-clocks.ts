import type { ClockState } from '#server/clock'
import type { ClockChange } from '#server/movable-clock'
import type { Clocks, PartyClocks } from './clocks.ts'

/** The clocks of a lab, for whoever tests (`spec/contract.md` §5). */
export interface LabClocks {
  /** How the clock of each party stands; `{}` is the machine's. What it says `set` takes again. */
  get(): Promise<PartyClocks>
  /**
   * Moves the clock of a party at once, and answers how it stands then.
   * @throws NoSuch, ConfigError or ClockError; then nothing has changed
   */
  set(party: string, change: ClockChange): Promise<ClockState>
}

/** The same clocks, behind a check of what no type has checked. */
export function labClocks(clocks: Clocks): LabClocks {
  return {
    get: async () => clocks.all(),
    async set(party, change) {
      const { readClockChange } = await import('../control/clock-schema.ts')
      return clocks.set(party, readClockChange(change))
    },
  }
}
