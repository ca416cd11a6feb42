import { ConfigError } from '#server/config-error'
import { newId } from '#server/ids'
import { NoSuch } from '#server/no-such'
import type { Lab, LabPlaces, Labs } from '../roles/running-parties.ts'
import { type Idle, whenIdle } from './idle.ts'
import type { LabServer } from './run-lab.ts'

const defaultIdleSeconds = 600

/** No labs yet. What one needs is loaded when the first is created. */
export function createLabs(server: LabServer): Labs {
  const { labIdleSeconds = defaultIdleSeconds } = server.options
  const running = new Map<string, { readonly lab: Lab; readonly idle: Idle }>()
  let closed = false
  const find = (id: string) => {
    const found = running.get(id)
    if (found === undefined) throw noSuchLab(id, [...running.keys()])
    return found
  }
  async function remove(id: string): Promise<void> {
    const { lab, idle } = find(id)
    running.delete(id)
    idle.stop()
    await lab.close()
  }
  return {
    async create(world) {
      const { runLab } = await import('./run-lab.ts')
      const id = newLabId()
      const idle = whenIdle(labIdleSeconds * 1_000, () => {
        server.log.info({ lab: id }, `the lab ${id} was removed, since nobody called it for ${labIdleSeconds} s`)
        void remove(id).catch((error: Error) => server.log.error({ code: 'LAB_FAILED', lab: id }, error.message))
      })
      try {
        const lab = { id, ...(await idle.during(() => runLab(server, { id, begin: idle.begin }, world))) }
        if (closed) await refuseLate(lab)
        running.set(id, { lab, idle })
        return lab
      } catch (error) {
        idle.stop()
        throw error
      }
    },
    list: () => [...running.values()].map(({ lab }) => lab),
    get: (id) => find(id).lab,
    remove,
    serve: (id, door) => async (request, env) => {
      const found = running.get(id)
      if (found === undefined) return notFound(noSuchLab(id, [...running.keys()]))
      const { lab, idle } = found
      const { hostname } = new URL(request.url)
      const answer = lab.find(door, hostname)
      if (answer === undefined) return notFound(noSuchHost(hostname, lab.places))
      return idle.during(() => answer(request, env))
    },
    endWaits: () => {
      for (const { lab } of running.values()) lab.parties.journal.close()
    },
    async close() {
      closed = true
      await Promise.all([...running.keys()].map(remove))
    },
  }
}

async function refuseLate(lab: Lab): Promise<never> {
  await lab.close()
  throw new ConfigError('the server stops, and makes no more labs')
}

/** Ten hexadecimal digits of an identifier: short enough to be read in a log, too many to be guessed. */
const newLabId = (): string => newId().slice(1, 11)

const noSuchLab = (named: string, known: readonly string[]): NoSuch =>
  new NoSuch({ what: 'lab', type: 'noSuchLab', named, known })

function noSuchHost(named: string, { applications, partners }: LabPlaces): NoSuch {
  const known = Object.values({ ...applications, ...partners }).map((url) => new URL(url).hostname)
  return new NoSuch({ what: 'application or partner at', type: 'noSuchParty', named, known })
}

/** In the shape that a program of any role reads. */
function notFound({ type, message, expected, actual }: NoSuch): Response {
  return Response.json({ error: { type, message, expected, actual } }, { status: 404 })
}
