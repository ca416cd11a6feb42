import type { CacheProvider } from '@node-saml/node-saml'
import type { Clock } from '#server/clock'
import { createExpiringMap } from '#server/expiring-map'

const lifetimeMs = 3_600_000
/** Anybody can begin a login: without a limit anybody could fill the memory. */
const capacity = 10_000

/** The requests that a partner has sent and that nobody has answered yet, as node-saml keeps them: the instant of each by its ID. */
export function sentRequests(clock: Clock): CacheProvider & { clear(): void } {
  const instants = createExpiringMap<string>({ clock, capacity })
  return {
    async saveAsync(id, value) {
      instants.set(id, value, clock.now() + lifetimeMs)
      return { value, createdAt: clock.now() }
    },
    clear: instants.clear,
    getAsync: async (id) => instants.get(id) ?? null,
    removeAsync: async (id) => (id !== null && instants.delete(id) !== undefined ? id : null),
  }
}
