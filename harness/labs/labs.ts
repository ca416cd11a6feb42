import { ConfigError } from '#server/config-error'
import { newId } from '#server/ids'
import { NoSuch } from '#server/no-such'
import type { Fetch } from '#server/serve'
import type { LabStore } from '#server/store/store'
import { StoreUnavailable } from '#server/store/store-unavailable'
import type { Lab, LabPlaces, Labs } from '../roles/running-parties.ts'
import type { World } from '../world/world.ts'
import { type Idle, whenIdle } from './idle.ts'
import type { LabServer } from './run-lab.ts'
import { usesOfLabs } from './uses-of-labs.ts'

const defaultIdleSeconds = 600

interface Running {
  readonly lab: Lab
  readonly idle: Idle
}

/** A lab as every replica of the server knows it. */
interface KnownLab {
  readonly world: World
  readonly places: LabPlaces
}

/** No labs yet. What one needs is loaded when the first is created. A lab that another replica of the server has made runs here from when somebody calls it here. */
export function createLabs(server: LabServer, store: LabStore): Labs {
  const { labIdleSeconds = defaultIdleSeconds } = server.options
  const idleMs = labIdleSeconds * 1_000
  const known = store.of('').sharedMap<KnownLab>({ name: 'labs' })
  const uses = usesOfLabs(store, idleMs)
  /** Those of here, from when they begin to start. */
  const running = new Map<string, Promise<Running>>()
  const here = new Map<string, Lab>()
  /** Those that no replica can know of yet. */
  const beingCreated = new Set<string>()
  let closed = false

  async function start(id: string, world: World): Promise<Running> {
    const { runLab } = await import('./run-lab.ts')
    const idle = whenIdle(idleMs, () => void endIdle(id, idle))
    try {
      const lab = { id, ...(await idle.during(() => runLab(server, { id, begin: idle.begin }, world))) }
      if (closed) await refuseLate(lab)
      here.set(id, lab)
      return { lab, idle }
    } catch (error) {
      idle.stop()
      throw error
    }
  }
  const run = (id: string, world: World): Promise<Running> => {
    const begun = running.get(id) ?? start(id, world)
    running.set(id, begun)
    begun.catch(() => running.delete(id))
    return begun
  }
  /** Ends it here. */
  const end = async (id: string): Promise<void> => {
    const ended = running.get(id)
    running.delete(id)
    here.delete(id)
    uses.forget(id)
    if (ended === undefined) return
    const { lab, idle } = await ended
    idle.stop()
    await lab.close()
  }
  const remove = async (id: string): Promise<void> => {
    if (!known.delete(id)) throw noSuchLab(id, namesOf(known))
    await end(id)
    await server.shared?.forget(id)
  }
  /** Goes on here until it is written that it is gone: what could not be is tried again, once it was idle for so long once more. */
  const endIdle = async (id: string, idle: Idle): Promise<void> => {
    const work = async (): Promise<'used' | 'removed' | 'unknown'> => {
      await store.replicas?.refresh()
      if (await uses.isUsedElsewhere(id)) return 'used'
      if (!known.delete(id)) return 'unknown'
      await server.shared?.forget(id)
      return 'removed'
    }
    try {
      const found = await (store.replicas === undefined ? work() : store.replicas.step(work))
      if (found === 'used') return idle.during(() => undefined)
      if (found === 'removed')
        server.log.info({ lab: id }, `the lab ${id} was removed, since nobody called it for ${labIdleSeconds} s`)
      await end(id)
    } catch (error) {
      server.log.error({ code: 'LAB_FAILED', lab: id }, (error as Error).message)
      await idle.during(() => undefined)
    }
  }
  /** What other replicas made and removed. */
  const bringUpToDate = async (): Promise<void> => {
    if (store.replicas === undefined) return
    await store.replicas.refresh()
    for (const id of running.keys()) {
      if (known.get(id) === undefined && !beingCreated.has(id)) void end(id).catch(() => undefined)
    }
  }
  return {
    async create(world) {
      const id = newLabId()
      beingCreated.add(id)
      try {
        const { lab } = await run(id, world)
        known.put(id, { world, places: lab.places })
        return lab
      } finally {
        beingCreated.delete(id)
      }
    },
    list: () => known.entries().map(([id, { places }]) => ({ id, places })),
    get(id) {
      const found = here.get(id)
      if (found === undefined) throw noSuchLab(id, namesOf(known))
      return found
    },
    remove,
    serve: (id, door) =>
      orUnavailable(async (request, env) => {
        await bringUpToDate()
        const found = known.get(id)
        if (found === undefined) return notFound(noSuchLab(id, namesOf(known)))
        const { lab, idle } = await run(id, found.world)
        const { hostname } = new URL(request.url)
        const answer = lab.find(door, hostname)
        if (answer === undefined) return notFound(noSuchHost(hostname, lab.places))
        return idle.during(async () => {
          await uses.note(id)
          return answer(request, env)
        })
      }),
    endWaits: () => {
      for (const begun of running.values())
        void begun.then(({ lab }) => lab.parties.journal.close()).catch(() => undefined)
    },
    async close() {
      closed = true
      await Promise.all([...running.keys()].map(end))
    },
  }
}

async function refuseLate(lab: Lab): Promise<never> {
  await lab.close()
  throw new ConfigError('the server stops, and makes no more labs')
}

/** Ten hexadecimal digits of an identifier: short enough to be read in a log, too many to be guessed. */
const newLabId = (): string => newId().slice(1, 11)

const namesOf = (known: { entries(): readonly (readonly [string, unknown])[] }): readonly string[] =>
  known.entries().map(([id]) => id)

const noSuchLab = (named: string, known: readonly string[]): NoSuch =>
  new NoSuch({ what: 'lab', type: 'noSuchLab', named, known })

function noSuchHost(named: string, { applications, partners }: LabPlaces): NoSuch {
  const known = Object.values({ ...applications, ...partners }).map((url) => new URL(url).hostname)
  return new NoSuch({ what: 'application or partner at', type: 'noSuchParty', named, known })
}

/** Which labs there are is asked before anybody knows whom a request is for: the parties of a lab answer for what they need themselves. */
const orUnavailable =
  (serve: Fetch): Fetch =>
  async (request, env) => {
    try {
      return await serve(request, env)
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      return Response.json({ error: { type: 'storeUnavailable', message: error.message } }, { status: 503 })
    }
  }

/** In the shape that a program of any role reads. */
function notFound({ type, message, expected, actual }: NoSuch): Response {
  return Response.json({ error: { type, message, expected, actual } }, { status: 404 })
}
