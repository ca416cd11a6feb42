import type { Clock } from '#server/clock'
import { copyOut } from '#server/copy-out'
import type { Log } from '#server/logging'
import type { Store } from '#server/store/store'
import type { Breach, Tolerance } from './tolerance.ts'

/** More than there are service providers and words. */
const capacity = 10_000
const keptMs = 7 * 24 * 60 * 60 * 1_000

/** A departure that one service provider was forgiven: how often, and the last of them. */
export interface Toleration {
  readonly spEntityId: string
  readonly word: Tolerance
  readonly message: string
  readonly times: number
}

/** What was let pass although the standard forbids it: one warning each, and the last of each kind for the portal. */
export interface Tolerations {
  /** Of what keeps to the standard nothing is written, so it costs nothing. */
  record(spEntityId: string, breaches: readonly Breach[]): Promise<void>
  /** Those of a week, the latest last. As many as there are service providers and words, at most. */
  list(): Promise<readonly Toleration[]>
  clear(): Promise<void>
}

export function createTolerations(store: Store, { log, clock }: { log: Log; clock: Clock }): Tolerations {
  const seen = store.records<Toleration>({ name: 'tolerations', clock, capacity, isBrief: true })
  const expiry = () => clock.now() + keptMs
  const count = async (toleration: Toleration): Promise<void> => {
    const { spEntityId, word } = toleration
    const key = JSON.stringify([spEntityId, word])
    const again = ({ times }: Toleration) => ({ ...toleration, times: times + 1 })
    while ((await seen.update(key, again, expiry())) === undefined) {
      if (await seen.add(key, toleration, expiry())) return
    }
  }
  return {
    async record(spEntityId, breaches) {
      for (const { word, code, message, facts } of breaches) {
        log.warn({ code, sp: spEntityId, tolerated: word, ...facts }, `${message}: tolerated`)
        await count({ ...copyOut({ spEntityId, word, message }), times: 1 })
      }
    },
    list: seen.list,
    clear: seen.clear,
  }
}
