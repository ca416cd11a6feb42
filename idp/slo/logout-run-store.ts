import type { Clock } from '#server/clock'
import type { Store } from '#server/store/store'
import type { LogoutLeg, LogoutRun } from './logout-run.ts'

/** A LogoutRequest that was sent, to whom and when (epoch milliseconds). */
export interface SentBefore {
  readonly spEntityId: string
  readonly at: number
}

/** Where unfinished and just finished logouts are kept. A run is found by its id, by a LogoutRequest that it sent or by a session that it ended: no cookie is needed. */
export interface LogoutRunStore {
  /** Adds a run; false, and nothing done, where there is one of its id. */
  add(run: LogoutRun): Promise<boolean>
  /** Only while it is as it is meant to be. */
  remove(id: string, isMeant: (run: LogoutRun) => boolean): Promise<void>
  find(id: string): Promise<LogoutRun | undefined>
  findByRequestId(requestId: string): Promise<LogoutRun | undefined>
  /** The newest that ended this session. */
  findBySession(sessionId: string): Promise<LogoutRun | undefined>
  /** One of the newest LogoutRequests that any run sent within two days, also when the run itself is forgotten: it explains an answer that comes too late. */
  findSent(requestId: string): Promise<SentBefore | undefined>
  /** Oldest first. */
  list(): Promise<readonly LogoutRun[]>
  clear(): Promise<void>
  /**
   * Replaces a run by what `change` makes of it, with nobody in between; undefined when there is no such run. One that stays as it is lasts no longer for it.
   * `change` is asked again where another replica was first: only what it made last counts.
   */
  update(id: string, change: (run: LogoutRun) => LogoutRun): Promise<LogoutRun | undefined>
}

const mostSent = 1_000
/** Who answers later than that is not told any more that it is late. */
const sentMs = 2 * 24 * 60 * 60 * 1_000

interface Options {
  readonly clock: Clock
  readonly capacity: number
  readonly lifetimeMs: number
}

export function createLogoutRunStore(store: Store, { clock, capacity, lifetimeMs }: Options): LogoutRunStore {
  const runs = store.records<LogoutRun>({ name: 'logout-runs', clock, capacity, isBrief: true, indexesOf: handlesOf })
  const sent = store.records<SentBefore>({ name: 'sent-requests', clock, capacity: mostSent, isBrief: true })

  // Each step gives the person the whole time again.
  const expiry = () => clock.now() + lifetimeMs
  const rememberSent = async ({ legs }: LogoutRun, before: readonly string[]): Promise<void> => {
    const asked = legs.flatMap(({ request, participant: { spEntityId } }) =>
      request === undefined || before.includes(request.id) ? [] : [{ ...request, spEntityId }],
    )
    await Promise.all(asked.map(({ id, spEntityId, at }) => sent.set(id, { spEntityId, at }, clock.now() + sentMs)))
  }

  return {
    add: async (run) => {
      const isNew = await runs.add(run.id, run, expiry())
      if (isNew) await rememberSent(run, [])
      return isNew
    },
    remove: async (id, isMeant) => void (await runs.take(id, isMeant)),
    find: runs.get,
    findByRequestId: async (requestId) => (await runs.findBy(requestId))[0],
    findBySession: async (sessionId) => {
      const found = await runs.findBy(sessionName(sessionId))
      return found.toSorted((one, other) => one.startedAt - other.startedAt).at(-1)
    },
    findSent: sent.get,
    list: async () => (await runs.list()).toSorted((one, other) => one.startedAt - other.startedAt),
    clear: async () => void (await Promise.all([runs.clear(), sent.clear()])),
    update: async (id, change) => {
      let before: readonly string[] = []
      const after = await runs.update(
        id,
        (run) => {
          before = requestIds(run)
          return change(run)
        },
        expiry(),
      )
      if (after !== undefined) await rememberSent(after, before)
      return after
    },
  }
}

const requestIds = ({ legs }: { readonly legs: readonly LogoutLeg[] }): readonly string[] =>
  legs.flatMap(({ request }) => (request === undefined ? [] : [request.id]))

const sessionName = (id: string): string => `session ${id}`

function handlesOf(run: LogoutRun): readonly string[] {
  const ended = run.origin.kind === 'minted' ? [] : run.sessionIds
  return [...requestIds(run), ...ended.map(sessionName)]
}
