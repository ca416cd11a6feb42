import type { Clock } from '#server/clock'
import { createExpiringMap } from '#server/expiring-map'
import type { LogoutRun } from './logout-run.ts'

/** A LogoutRequest that was sent, to whom and when (epoch milliseconds). */
export interface SentBefore {
  readonly spEntityId: string
  readonly at: number
}

/** Where unfinished and just finished logouts are kept. A run is found by its id or by a LogoutRequest that it sent: no cookie is needed. */
export interface LogoutRunStore {
  add(run: LogoutRun): Promise<void>
  find(id: string): Promise<LogoutRun | undefined>
  findByRequestId(requestId: string): Promise<LogoutRun | undefined>
  /** One of the newest LogoutRequests that any run sent, also when the run itself is forgotten: it explains an answer that comes too late. */
  findSent(requestId: string): Promise<SentBefore | undefined>
  /** Oldest first. */
  list(): Promise<readonly LogoutRun[]>
  clear(): Promise<void>
  /** Replaces a run by what `change` makes of it, with nobody in between; undefined when there is no such run. One that stays as it is lasts no longer for it. */
  update(id: string, change: (run: LogoutRun) => LogoutRun): Promise<LogoutRun | undefined>
}

/** So many participants a run may have on average before requests of the oldest runs are forgotten. */
const requestsPerRun = 10
const mostSent = 1_000

interface Options {
  readonly clock: Clock
  readonly capacity: number
  readonly lifetimeMs: number
}

export function createMemoryLogoutRunStore({ clock, capacity, lifetimeMs }: Options): LogoutRunStore {
  const runs = createExpiringMap<LogoutRun>({ clock, capacity })
  const byRequestId = createExpiringMap<string>({ clock, capacity: capacity * requestsPerRun })
  const sent = createExpiringMap<SentBefore>({ clock, capacity: mostSent })

  // Each step gives the person the whole time again.
  const put = (run: LogoutRun): void => {
    const expiresAt = clock.now() + lifetimeMs
    runs.set(run.id, run, expiresAt)
    for (const { request, participant } of run.legs) {
      if (request === undefined) continue
      byRequestId.set(request.id, run.id, expiresAt)
      sent.set(request.id, { spEntityId: participant.spEntityId, at: request.at }, Number.POSITIVE_INFINITY)
    }
  }

  return {
    add: async (run) => put(run),
    find: async (id) => runs.get(id),
    findByRequestId: async (requestId) => runs.get(byRequestId.get(requestId) ?? ''),
    findSent: async (requestId) => sent.get(requestId),
    list: async () =>
      runs
        .keys()
        .map((id) => runs.get(id))
        .filter((run) => run !== undefined)
        .sort((one, other) => one.startedAt - other.startedAt),
    clear: async () => {
      runs.clear()
      byRequestId.clear()
      sent.clear()
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
