import type { Log } from '#server/logging'
import type { SharedStore } from '#server/store/store'
import { inTime } from '#server/timers'
import type { Keys } from '../keys/keys.ts'
import type { Tls } from '../keys/tls.ts'
import { createClosing } from '../roles/closing.ts'
import { openControl } from '../roles/open-control.ts'
import type { Opening } from '../roles/opening.ts'
import { namesOf } from '../roles/places.ts'
import { everyRole, type RoleOptions } from '../roles/role-options.ts'
import { runTogether } from '../roles/run-together.ts'
import type { LabPlaces, RunningLab } from '../roles/running-parties.ts'
import { type LoadedWorld, labOpener, loadWorld, runs } from '../world/load-world.ts'
import type { World } from '../world/world.ts'
import { worldFromAfar } from '../world/world-file.ts'
import { busyWhileWatched } from './busy-while-watched.ts'
import { labKeys } from './lab-keys.ts'
import { openBelow } from './lab-opening.ts'
import { refuseMissingRole } from './refuse-missing-role.ts'

/** The server that labs are on. */
export interface LabServer {
  readonly options: RoleOptions
  readonly opening: Opening
  readonly tls: Tls | undefined
  readonly log: Log
  /** From which every lab has its keys. */
  readonly pool: Keys
  /** Where replicas of the server share what labs know. */
  readonly shared?: SharedStore | undefined
}

/** What a lab is called, and what tells that it is in use until what this answers is called. */
export interface LabUse {
  readonly id: string
  readonly begin: () => () => void
}

/**
 * Runs a world below `prefix`, ready to be used; where somebody behind an address lets us wait, its readiness tells whom it waits for.
 * @throws ConfigError when the world cannot work, MissingRole when this server does not run a role that it needs; then nothing is left
 */
export async function runLab(server: LabServer, { id, begin }: LabUse, world: World): Promise<RunningLab> {
  const openLab = labOpener(server.shared, id)
  const options = optionsOf(server, id, world)
  refuseMissingRole(world, options.roles ?? everyRole)
  const read = await loadWorld(options, { source: worldFromAfar(world), openLab })
  const loaded = { ...read, store: { ...read.store, journal: busyWhileWatched(read.store.journal, begin) } }
  const { opening: places, find } = openBelow(server.opening, namesOf(loaded.parties), {
    prefix: `/labs/${id}`,
    runs: (role) => runs(options, role),
  })
  const { opening, parties } = openControl(places, loaded, options)
  const closing = createClosing()
  closing.add(loaded.faults.close)
  closing.add(loaded.store.journal.close)
  const { tls, pool } = server
  const { log } = parties
  const running = runTogether({ options, world: loaded, opening, keys: labKeys(pool), tls, closing, parties, log })
  running.catch((error: Error) => log.error({ code: 'LAB_FAILED' }, error.message))
  try {
    await (waitsForOthers(loaded) ? inTime(longestStartMs, running, () => undefined) : running)
  } catch (error) {
    await closing.close()
    throw error
  }
  return { places: placesIn(opening), parties, find, close: closing.close }
}

const longestStartMs = 2_000

/** Who is behind an address may be long in coming. */
function waitsForOthers({ awaited, parties }: LoadedWorld): boolean {
  return awaited.length > 0 || parties.realms.some(({ idpMetadata = '' }) => /^https?:/i.test(idpMetadata))
}

/** A world says of itself what it is; of the server it has who may call, and what everybody knows. */
function optionsOf({ options, opening, log }: LabServer, id: string, world: World): RoleOptions {
  const { idp, es } = opening.urls
  const ofServer = Object.fromEntries(Object.entries(options).filter(([name]) => shared.has(name)))
  const esVersion = world.es?.version ?? options.esVersion
  return {
    ...(ofServer as RoleOptions),
    ...(esVersion !== undefined && { esVersion }),
    world,
    publicUrls: { idp, es },
    ...{ idpPort: 0, esPort: 0, appPort: 0, partnerPort: 0 },
    log: logOf(id, log),
  }
}

const shared: ReadonlySet<string> = new Set<keyof RoleOptions>([
  'roles',
  'host',
  'elasticPassword',
  'controlToken',
  'journalSize',
  'extraAuthorities',
])

function logOf(lab: string, log: Log): Log {
  const write = (level: keyof Log) => (facts: object, message: string) => log[level]({ lab, ...facts }, message)
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

function placesIn({ idp, es, apps, partners, urls }: Opening): LabPlaces {
  const found = (listeners: ReadonlyMap<string, unknown>, known: ReadonlyMap<string, string>) =>
    Object.fromEntries([...known].filter(([name]) => listeners.has(name)))
  const applications = found(apps, urls.apps)
  const [app] = Object.values(applications)
  return {
    ...(idp && { idp: urls.idp }),
    ...(es && { es: urls.es }),
    ...(app !== undefined && { app }),
    applications,
    partners: found(partners, urls.partners),
  }
}
