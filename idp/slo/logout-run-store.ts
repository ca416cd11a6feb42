import type { Clock } from '#server/clock'
import { createExpiringMap } from '#server/expiring-map'
import type { LogoutRun } from './logout-run.ts'

/** Where unfinished and just finished logouts are kept. A run is found by its id or by a LogoutRequest that it sent: no cookie is needed. */
export interface LogoutRunStore {
  add(run: LogoutRun): Promise<void>
  find(id: string): Promise<LogoutRun | undefined>
  findByRequestId(requestId: string): Promise<LogoutRun | undefined>
  /** Oldest first. */
  list(): Promise<readonly LogoutRun[]>
  clear(): Promise<void>
  /** Replaces a run by what `change` makes of it, with nobody in between; undefined when there is no such run. One that stays as it is lasts no longer for it. */
  update(id: string, change: (run: LogoutRun) => LogoutRun): Promise<LogoutRun | undefined>
}

/** So many participants a run may have on average before requests of the oldest runs are forgotten. */
const requestsPerRun = 10

interface Options {
  readonly clock: Clock
  readonly capacity: number
  readonly lifetimeMs: number
}

export function createMemoryLogoutRunStore({ clock, capacity, lifetimeMs }: Options): LogoutRunStore {
  const runs = createExpiringMap<LogoutRun>({ clock, capacity })
  const byRequestId = createExpiringMap<string>({ clock, capacity: capacity * requestsPerRun })

  // Each step gives the person the whole time again.
  const put = (run: LogoutRun): void => {
    const expiresAt = clock.now() + lifetimeMs
    runs.set(run.id, run, expiresAt)
    for (const { request } of run.legs) {
      if (request !== undefined) byRequestId.set(request.id, run.id, expiresAt)
    }
  }

  return {
    add: async (run) => put(run),
    find: async (id) => runs.get(id),
    findByRequestId: async (requestId) => runs.get(byRequestId.get(requestId) ?? ''),
    list: async () =>
      runs
        .keys()
        .map((id) => runs.get(id))
        .filter((run) => run !== undefined)
        .sort((one, other) => one.startedAt - other.startedAt),
    clear: async () => {
      runs.clear()
      byRequestId.clear()
    },
    update: async (id, change) => {
      const run = runs.get(id)
      if (run === undefined) return undefined
      const changed = change(run)
      if (changed !== run) put(changed)
      return changed
    },
  }
}
