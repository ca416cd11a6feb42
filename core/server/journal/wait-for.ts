import { longestTimerMs } from '../timers.ts'
import type { Journal } from './journal.ts'
import type { KeptSeen } from './seen.ts'

/** How waiting ended: with an entry, or why there was none. */
export type Waited =
  | { readonly kind: 'found'; readonly entry: KeptSeen }
  | { readonly kind: 'timedOut' | 'reset' | 'closed' | 'givenUp' }

export interface Waiting {
  readonly isMeant: (entry: KeptSeen) => boolean
  /** Only what stands behind this `seq`. */
  readonly after?: number | undefined
  /** Of real time. */
  readonly timeoutMs: number
  /** Aborted when nobody waits any more. */
  readonly signal?: AbortSignal | undefined
}

/** The first entry that is meant, be it there already or still to come. Waiting ends with its time, with a reset, with the journal, and with who waits. */
export function waitFor(journal: Journal, { isMeant, after, timeoutMs, signal }: Waiting): Promise<Waited> {
  return new Promise((resolve) => {
    let seen = after
    const look = (): boolean => {
      const entry = journal.since(seen).find(isMeant)
      seen = Math.max(seen ?? 0, journal.last)
      if (entry !== undefined) end({ kind: 'found', entry })
      return entry !== undefined
    }
    const giveUp = () => end({ kind: 'givenUp' })
    let stop = () => {}
    let timer: NodeJS.Timeout | undefined
    const end = (waited: Waited) => {
      stop()
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
      resolve(waited)
    }
    if (signal?.aborted === true) return giveUp()
    if (look()) return
    timer = setTimeout(() => end({ kind: 'timedOut' }), Math.min(timeoutMs, longestTimerMs))
    signal?.addEventListener('abort', giveUp, { once: true })
    stop = journal.watch({
      more: look,
      // What came just before has not been looked at yet.
      ended: (kind) => look() || end({ kind }),
    })
  })
}
