import type { Log } from '#server/logging'
import type { SharedStore } from '#server/store/store'
import { whatDiffers } from './identity.ts'

interface Replica {
  /** Has requests sent elsewhere, for a reason; until there is none. */
  readonly leave: (reason: string | undefined) => void
  readonly log: Log
}

/** Where the store comes back with other data, and others have said there another thing than this replica runs with, this one says so and is not ready: two truths do not answer at one address. */
export function leaveWhileDiffering(
  { place, whenSaidAgain }: Pick<SharedStore, 'place' | 'whenSaidAgain'>,
  { leave, log }: Replica,
): void {
  whenSaidAgain((differing) => {
    if (differing === undefined) {
      log.warn(
        { code: 'STORE_RENEWED', store: place },
        `the store at ${place} has other data than before: what the replicas agreed on was said there again`,
      )
      return leave(undefined)
    }
    const reason = `the store at ${place} has other data than before, in which others run another world: ${whatDiffers(differing)}`
    log.error({ code: 'STORE_DIFFERS', store: place }, `${reason}. This replica is not ready until it is started anew`)
    leave(reason)
  })
}
