import { createHash } from 'node:crypto'
import type { Clock } from '#server/clock'
import type { Store } from '#server/store/store'

/** Remembers which Responses have already made a session. */
export interface ReplayMemory {
  /**
   * Takes a Response for use. False when it has been taken before, here or at another replica. It is taken for a minute, after which whoever took it counts as dead,
   * unless it is kept.
   */
  take(samlResponse: string): Promise<boolean>
  /** Never lets a Response be taken again of which a session was made. */
  keep(samlResponse: string): Promise<void>
  /** Gives a Response back that was refused: nothing has been made of it. */
  giveBack(samlResponse: string): Promise<void>
  clear(): Promise<void>
}

interface ReplayMemoryOptions {
  readonly store: Store
  readonly clock: Clock
  readonly lifetimeMs?: number
  readonly capacity?: number
}

/** Longer than any assertion should live, clock skew included; Elasticsearch refuses older ones by their own dates. */
const defaultLifetimeMs = 24 * 60 * 60 * 1000
const defaultCapacity = 10_000
/** Longer than Elasticsearch is waited for. */
const useMs = 60_000

/**
 * Knows a Response by the digest of its octets, so that another spelling of its base64 is still the same one.
 *
 * Elasticsearch itself remembers no Responses. What is inside is not for us: one assertion in two wrappings is two Responses here.
 */
export function replayMemory(options: ReplayMemoryOptions): ReplayMemory {
  const { store, clock, lifetimeMs = defaultLifetimeMs, capacity = defaultCapacity } = options
  const taken = store.records<true>({ name: 'taken-responses', clock, capacity, isBrief: true })
  return {
    take: (samlResponse) => taken.add(digestOf(samlResponse), true, clock.now() + useMs),
    keep: (samlResponse) => taken.set(digestOf(samlResponse), true, clock.now() + lifetimeMs),
    async giveBack(samlResponse) {
      await taken.take(digestOf(samlResponse))
    },
    clear: taken.clear,
  }
}

const digestOf = (samlResponse: string): string =>
  createHash('sha256').update(Buffer.from(samlResponse, 'base64')).digest('base64')
