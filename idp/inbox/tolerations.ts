import type { Clock } from '#server/clock'
import { copyOut } from '#server/copy-out'
import type { Log } from '#server/logging'
import type { Breach, Tolerance } from './tolerance.ts'

/** A departure that one service provider was forgiven: how often, and the last of them. */
export interface Toleration {
  readonly spEntityId: string
  readonly word: Tolerance
  readonly message: string
  readonly times: number
  /** Epoch milliseconds. */
  readonly lastAt: number
}

/** What was let pass although the standard forbids it: one warning each, and the last of each kind for the portal. */
export interface Tolerations {
  record(spEntityId: string, breaches: readonly Breach[]): void
  /** The latest last. As many as there are service providers and words, at most. */
  list(): readonly Toleration[]
  clear(): void
}

export function createTolerations({ log, clock }: { log: Log; clock: Clock }): Tolerations {
  const seen = new Map<string, Toleration>()
  return {
    record(spEntityId, breaches) {
      for (const { word, code, message, facts } of breaches) {
        log.warn({ code, sp: spEntityId, tolerated: word, ...facts }, `${message}: tolerated`)
        const key = JSON.stringify([spEntityId, word])
        const times = (seen.get(key)?.times ?? 0) + 1
        seen.delete(key)
        seen.set(key, { spEntityId, word, message: copyOut(message), times, lastAt: clock.now() })
      }
    },
    list: () => [...seen.values()],
    clear: () => seen.clear(),
  }
}
