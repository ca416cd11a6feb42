import type { CacheProvider } from '@node-saml/node-saml'
import type { Clock } from '#server/clock'
import type { Store } from '#server/store/store'

const lifetimeMs = 3_600_000
/** Anybody can begin a login: without a limit anybody could fill the memory. */
const capacity = 10_000

/** The requests that a partner has sent and that nobody has answered yet, as node-saml keeps them: the instant of each by its ID. */
export function sentRequests(store: Store, clock: Clock): CacheProvider & { clear(): Promise<void> } {
  const instants = store.records<string>({ name: 'sent-requests', clock, capacity, isBrief: true })
  return {
    async saveAsync(id, value) {
      await instants.set(id, value, clock.now() + lifetimeMs)
      return { value, createdAt: clock.now() }
    },
    clear: instants.clear,
    getAsync: async (id) => (await instants.get(id)) ?? null,
    removeAsync: async (id) => (id !== null && (await instants.take(id)) !== undefined ? id : null),
  }
}

/** The same for one message that answers a request. */
export interface AnsweringOnce extends CacheProvider {
  /** Removes the request that node-saml would have removed. False when it was not there any more: of several that answer a request at once, one does. */
  forget(): Promise<boolean>
}

/** node-saml removes a request before anything has followed from the answer, and does not look at what comes of it: here it is removed in the end. */
export function answeredOnce({ removeAsync, ...sent }: CacheProvider): AnsweringOnce {
  let answered: string | null = null
  return {
    ...sent,
    async removeAsync(id) {
      answered = id
      return id
    },
    forget: async () => answered === null || (await removeAsync(answered)) !== null,
  }
}
