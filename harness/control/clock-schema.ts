import { z } from 'zod'
import { mostMovedMs } from '#server/movable-clock'

const milliseconds = z.number().min(-mostMovedMs).max(mostMovedMs).int().optional()
const state = {
  shiftMs: milliseconds.describe('How far it is ahead of the machine’s; negative when behind.'),
  frozenAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Where it stands: an instant of the years 1970 to 2999.'),
}

/** How a clock stands, at most one of the two; `{}` is the machine's (`spec/contract.md` §2.6). */
export const clockStateSchema = z.strictObject(state)

/** The key `clocks` of a world, and what `getClocks` answers below that key: by the name of the party. */
export const clocksSchema = z.record(z.string().min(1), clockStateSchema)

/** What `setClock` takes, at most one of the three. That only a clock which stands goes on is for the clock to say. */
export const clockChangeSchema = z.strictObject({
  ...state,
  advanceMs: milliseconds.describe('How far a clock that stands goes on.'),
})
