import type { Clock } from '#server/clock'
import { copyOut } from '#server/copy-out'
import type { Store } from '#server/store/store'

/** A LogoutRequest by who sent it and its ID, which is unique among the messages of that sender. */
export interface SeenRequest {
  readonly spEntityId: string
  readonly id: string
}

/** What is made of a LogoutRequest, by whoever received it first or comes after one that died over it. */
export interface Attempt {
  /** The one run that it may begin. */
  readonly runId: string
  readonly isFirst: boolean
  readonly isFinished: boolean
}

/**
 * The LogoutRequests that were acted upon: none is acted upon twice, at whichever replica it arrives. It is `begin`, then what follows from the request, then
 * `finish`: where a process ends in between, whoever is sent the request again goes on with what was begun.
 */
export interface SeenRequests {
  /** From the first time on the request is remembered, with the run that was named then, until this instant (epoch milliseconds). */
  begin(request: SeenRequest, options: { readonly runId: string; readonly until: number }): Promise<Attempt>
  /** From now on it counts as seen. Of several who were at it at once, one has finished it. */
  finish(request: SeenRequest): Promise<boolean>
  /** Whether it counts as seen. */
  has(request: SeenRequest): Promise<boolean>
  /** Oldest first, also those that are not finished. */
  list(): Promise<readonly SeenRequest[]>
  clear(): Promise<void>
}

interface Kept extends SeenRequest {
  /** Absent in what a release wrote that remembered no request before it was finished. */
  readonly runId?: string
  readonly isFinished?: true
}

const isOver = ({ runId, isFinished }: Kept): boolean => isFinished === true || runId === undefined

export function createSeenRequests(
  store: Store,
  options: { readonly clock: Clock; readonly capacity: number },
): SeenRequests {
  const { get, add, update, list, clear } = store.records<Kept>({ name: 'seen-requests', isBrief: true, ...options })
  return {
    async begin({ spEntityId, id }, { runId, until }) {
      const request = { spEntityId, id, runId }
      for (;;) {
        if (await add(keyOf(request), copyOut(request), until)) return { runId, isFirst: true, isFinished: false }
        const kept = await get(keyOf(request))
        if (kept !== undefined) {
          return { runId: kept.runId ?? runId, isFirst: false, isFinished: isOver(kept) }
        }
      }
    },
    async finish(request) {
      let wasFinished = false
      await update(keyOf(request), (kept) => {
        wasFinished = isOver(kept)
        return wasFinished ? kept : { ...kept, isFinished: true }
      })
      return !wasFinished
    },
    has: async (request) => {
      const kept = await get(keyOf(request))
      return kept !== undefined && isOver(kept)
    },
    list: async () => (await list()).map(({ spEntityId, id }) => ({ spEntityId, id })),
    clear,
  }
}

const keyOf = ({ spEntityId, id }: SeenRequest): string => JSON.stringify([spEntityId, id])
