import type { Clock } from '#server/clock'
import { copyOut } from '#server/copy-out'
import type { Store } from '#server/store/store'

/** A LogoutRequest by who sent it and its ID, which is unique among the messages of that sender. */
export interface SeenRequest {
  readonly spEntityId: string
  readonly id: string
}

/** The LogoutRequests that were acted upon: none is acted upon twice, at whichever replica it arrives. */
export interface SeenRequests {
  /** Whether it is acted upon for the first time; from then on it counts as seen, until this instant (epoch milliseconds). Of several at once one is the first. */
  add(request: SeenRequest, until: number): Promise<boolean>
  has(request: SeenRequest): Promise<boolean>
  /** Oldest first. */
  list(): Promise<readonly SeenRequest[]>
  clear(): Promise<void>
}

export function createSeenRequests(
  store: Store,
  options: { readonly clock: Clock; readonly capacity: number },
): SeenRequests {
  const { get, add, list, clear } = store.records<SeenRequest>({ name: 'seen-requests', isBrief: true, ...options })
  return {
    add: ({ spEntityId, id }, until) => add(keyOf({ spEntityId, id }), copyOut({ spEntityId, id }), until),
    has: async (request) => (await get(keyOf(request))) !== undefined,
    list,
    clear,
  }
}

const keyOf = ({ spEntityId, id }: SeenRequest): string => JSON.stringify([spEntityId, id])
