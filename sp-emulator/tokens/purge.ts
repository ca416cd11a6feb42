import type { TokenContext } from './issue.ts'
import { documentLifetimeMs } from './token-pair.ts'

const intervalMs = 30 * 60 * 1000

/** Forgets documents older than 24 hours, at most every 30 minutes however often it is called (spec §7.1). */
export function createPurge({ store, clock }: Pick<TokenContext, 'store' | 'clock'>): () => Promise<void> {
  let lastRunAt: number | undefined
  return async function purge() {
    const now = clock.now()
    if (lastRunAt !== undefined && now - lastRunAt < intervalMs) return
    lastRunAt = now
    await store.deleteCreatedBefore(now - documentLifetimeMs)
  }
}
