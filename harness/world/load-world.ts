import type { Clock } from '#server/clock'
import { ConfigError } from '#server/config-error'
import { createFaults, type Faults, type WantedFault } from '#server/faults'
import { usualBounds } from '#server/journal/journal'
import type { JournalBounds } from '#server/journal/kept-entries'
import { createMemoryLabStore, type LabStore, type SharedStore, type Store } from '#server/store/store'
import type { RoleMappings } from '../../sp-emulator/index.ts'
import { type Clocks, createClocks, noSuchParty } from '../clocks/clocks.ts'
import { namesOf, placesOf } from '../roles/places.ts'
import type { Role, RoleOptions } from '../roles/role-options.ts'
import type { ConfiguredIdp } from './idp-options.ts'
import type { NodeFile } from './node-file.ts'
import { withOwnApplication } from './own-application.ts'
import { type Parties, planParties } from './parties.ts'
import type { AwaitedSp } from './service-providers.ts'
import type { CheckedWorld } from './world.ts'
import { type WorldSource, worldInFile, worldInHand } from './world-file.ts'

/** A world with the files that it names, as far as that can be known before anything runs. */
export interface LoadedWorld {
  /** As it was given. */
  readonly given: CheckedWorld
  readonly parties: Parties
  readonly idp: ConfiguredIdp
  /** Service providers behind an address. */
  readonly awaited: readonly AwaitedSp[]
  readonly esVersion: string | undefined
  readonly accessTokenMs: number | undefined
  readonly roleMappings: RoleMappings | undefined
  /** The `elasticsearch.yml`, without what is made for the parties. */
  readonly node: NodeFile | undefined
  /** Of the parties that run. */
  readonly clocks: Clocks
  /** Of the parties that run. */
  readonly faults: Faults
  /** What the parties know. */
  readonly store: LabStore
  readonly load: WorldSource['load']
  readonly inPlace: WorldSource['inPlace']
}

/**
 * Reads the world that was given, or the default one, so that a mistake is told before anything is opened. What only some worlds need is loaded for those.
 * @throws ConfigError that begins with the place in the file, then the dotted path
 */
export async function loadWorld(
  options: RoleOptions,
  { source = sourceOf(options), openLab = async (bounds) => createMemoryLabStore(bounds) }: Loading = {},
): Promise<LoadedWorld> {
  const world = source === undefined ? {} : await check(source)
  const esVersion = options.esVersion ?? world.es?.version
  const node = await nodeFile(options, esVersion)
  const { load, inPlace } = source ?? worldInHand({}, '.')
  return inPlace(async () => {
    const ownRealms = node?.settings.realms.map(({ name }) => name)
    const parties = planParties(world, { ...options, ownRealms })
    refuseStrayUrls(parties, options)
    if (source !== undefined) await checkParties(parties, options)
    const wantedFaults = await faultsOf(world, parties, options)
    const bounds = { ...usualBounds, entries: options.journalSize ?? usualBounds.entries }
    const store = await openLab(bounds)
    const ofAll = store.of('')
    const clocks = clocksOf(world, parties, { options, store: ofAll })
    const faults = createFaults(wantedFaults, { log: options.log, store: ofAll })
    const idp = source === undefined || !runs(options, 'idp') ? nothing : await loadIdp(world, load, clocks.get('idp'))
    return {
      given: world,
      parties,
      idp: idp.options,
      awaited: idp.awaited,
      esVersion,
      accessTokenMs: world.es?.accessTokenSeconds === undefined ? undefined : world.es.accessTokenSeconds * 1_000,
      roleMappings: world.roleMappings && (await readMappings(world.roleMappings)),
      node,
      clocks,
      faults,
      store,
      load,
      inPlace,
    }
  })
}

interface Loading {
  /** Where the world comes from, where `options` do not say so. */
  readonly source?: WorldSource | undefined
  /** Opens what its parties know, once the world has turned out to be one; in this process when absent. */
  readonly openLab?: ((bounds: JournalBounds) => Promise<LabStore>) | undefined
}

/** Opens what the parties of a lab know, where replicas share it. */
export const labOpener = (shared: SharedStore | undefined, id: string): Loading['openLab'] =>
  shared && (async (bounds) => shared.lab(id, bounds))

const nothing = { options: {}, awaited: [] }

export const runs = ({ roles }: RoleOptions, role: Role): boolean => roles === undefined || roles.includes(role)

function sourceOf({ sloopYml, world, ownApplication }: RoleOptions): WorldSource | undefined {
  const source = sloopYml === undefined ? world && worldInHand(world, '.') : worldInFile(sloopYml)
  return ownApplication === undefined ? source : withOwnApplication(ownApplication, source ?? worldInHand({}, '.'))
}

async function check({ value, inPlace }: WorldSource): Promise<CheckedWorld> {
  // The schemas take 80 ms to load, which a default world need not wait for.
  const { readWorld } = await import('./read-world.ts')
  return inPlace(async () => readWorld(value))
}

/** A world may name parties that run elsewhere. */
function clocksOf(
  { clocks: start = {} }: CheckedWorld,
  parties: Parties,
  { options, store }: { readonly options: RoleOptions; readonly store: Store },
): Clocks {
  const named = namesOf(parties)
  const all = ['idp', 'es', ...named.applications, ...named.partners]
  const stray = Object.keys(start).find((party) => !all.includes(party))
  if (stray !== undefined) throw new ConfigError(`clocks.${stray}: ${noSuchParty(stray, all).message}`)
  createClocks(all, start)
  const ours = [
    ...(runs(options, 'idp') ? ['idp'] : []),
    ...(runs(options, 'es') ? ['es'] : []),
    ...(runs(options, 'app') ? named.applications : []),
    ...(runs(options, 'partner') ? named.partners : []),
  ]
  return createClocks(ours, start, store)
}

/** Those of the parties that run here: a world may name parties that run elsewhere. */
async function faultsOf(
  { faults = [] }: CheckedWorld,
  parties: Parties,
  options: RoleOptions,
): Promise<readonly WantedFault[]> {
  if (faults.length === 0) return []
  const { checkWorldFaults } = await import('../faults/world-faults.ts')
  const { applications, partners } = namesOf(parties)
  const of = (role: Role, names: readonly string[]) => names.map((name) => ({ name, role }))
  const all = [...of('idp', ['idp']), ...of('app', applications), ...of('partner', partners)]
  await checkWorldFaults(faults, all)
  return faults.filter(({ party }) => all.some(({ name, role }) => name === party && runs(options, role)))
}

async function loadIdp(world: CheckedWorld, load: WorldSource['load'], clock: Clock) {
  const options = await import('./idp-options.ts')
  return options.loadIdp(world, load, clock)
}

async function readMappings(bodies: NonNullable<CheckedWorld['roleMappings']>): Promise<RoleMappings> {
  const { readRoleMappings } = await import('../../sp-emulator/index.ts')
  return readRoleMappings(bodies)
}

async function nodeFile(options: RoleOptions, esVersion: string | undefined): Promise<NodeFile | undefined> {
  if (options.elasticsearchYml === undefined || !runs(options, 'es')) return undefined
  const { readNodeFile } = await import('./node-file.ts')
  return readNodeFile(options.elasticsearchYml, { ...options, esVersion })
}

function refuseStrayUrls({ applications, partners }: Parties, { publicUrls = {} }: RoleOptions): void {
  const known = ['idp', 'es', 'app', ...[...applications, ...partners].map(({ name }) => name)]
  const stray = Object.keys(publicUrls).find((party) => !known.includes(party))
  if (stray === undefined) return
  throw new ConfigError(`--public-url: there is no party [${stray}], known are ${[...new Set(known)].join(', ')}`)
}

/** What can be said of the realms of parties before their addresses are known. */
async function checkParties(parties: Parties, options: RoleOptions): Promise<void> {
  refuseOurOrigins(parties, options)
  if (!runs(options, 'es')) return
  const { checkRealms } = await import('./node-file.ts')
  await checkRealms(parties.realms)
}

/** An application of ours has a realm without being told its addresses. */
function refuseOurOrigins({ realms, ...ours }: Parties, options: RoleOptions): void {
  const origins = ourOrigins(ours, options)
  for (const { path, acs } of realms) {
    if (acs === undefined || !origins.includes(new URL(acs).origin)) continue
    throw new ConfigError(`${path}.acs: [${acs}] is an address of sloop itself, expected one of your application`)
  }
}

/** Where we are found, as far as that is known before anything is opened. */
function ourOrigins(parties: Omit<Parties, 'realms'>, options: RoleOptions): readonly string[] {
  const places = placesOf(options, { ...namesOf(parties), hostname: (usual) => usual })
  const hosts = ['127.0.0.1', ...places.map(({ hostname }) => hostname), 'localhost']
  const ports = places.map(({ port }) => port).filter((port) => port !== 0)
  const listening = ports.flatMap((port) => hosts.map((host) => `http://${host}:${port}`))
  return [...listening, ...Object.values(options.publicUrls ?? {})].map((url) => new URL(url).origin)
}
