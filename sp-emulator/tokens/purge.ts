import type { Clock } from '#server/clock'
import { documentLifetimeMs } from './token-pair.ts'
import type { TokenStore } from './token-store.ts'

interface PurgeOptions {
  readonly store: TokenStore
  readonly clock: Clock
  /** The least time between two purges. */
  readonly intervalMs: number
}

/** Forgets documents older than 24 hours, at most once per interval however often it is called (spec §7.1). A clock that is set back ends the interval, too. */
export function createPurge({ store, clock, intervalMs }: PurgeOptions): () => Promise<void> {
  let lastRunAt: number | undefined
  return async function purge() {
    const now = clock.now()
    if (lastRunAt !== undefined && Math.abs(now - lastRunAt) < intervalMs) return
    lastRunAt = now
    await store.deleteCreatedBefore(now - documentLifetimeMs)
  }
}
