import { warmUpSignatures } from '#saml/signature/canonical-form'
import { type Log, silentLog } from '#server/logging'
import type { SharedStore } from '#server/store/store'
import { defaultHost } from '../default-world.ts'
import { type Keys, openKeys, partnerKey } from '../keys/keys.ts'
import type { Tls } from '../keys/tls.ts'
import { createLabs } from '../labs/labs.ts'
import { type LoadedWorld, labOpener, loadWorld, runs } from '../world/load-world.ts'
import { type Closing, createClosing } from './closing.ts'
import { type Drainable, drainable } from './draining.ts'
import { openControl } from './open-control.ts'
import { type Opening, openSockets } from './opening.ts'
import { namesOf } from './places.ts'
import type { RoleOptions } from './role-options.ts'
import type { Start, StartedRoles } from './start.ts'

/**
 * Starts the roles and answers once they are ready. When the start fails or is given up, nothing is left open.
 *
 * What takes longest begins first: keys are made on other threads while this one loads what the roles are made of.
 * @throws ConfigError with one sentence when what was asked for cannot work
 */
export async function startRoles(options: RoleOptions): Promise<StartedRoles> {
  const closing = createClosing()
  const shared = options.store === undefined ? undefined : beginStore(options.store, options)
  const keys = beginKeys(options, shared)
  try {
    const [{ runTogether }, world, store] = await Promise.all([
      import('./run-together.ts'),
      loadWorld(options, { openLab: labOpener(await shared, 'main') }),
      shared,
    ])
    const start = await openAll({ options, world, keys, store, closing })
    // Whoever stops the roles also closes them, and sees there what fails.
    options.signal?.addEventListener('abort', () => void closing.close().catch(() => undefined), { once: true })
    const started = await runTogether(start)
    setImmediate(warmUpSignatures)
    return started
  } catch (error) {
    await closing.close()
    await shared?.then(
      (store) => store.close(),
      () => undefined,
    )
    throw error
  }
}

interface Begun {
  readonly options: RoleOptions
  readonly world: LoadedWorld
  readonly keys: Keys
  readonly store: SharedStore | undefined
  readonly closing: Closing
}

/** Opens the sockets, and what is behind them for everybody: the control API and labs. */
async function openAll({ options, world, keys, store, closing }: Begun): Promise<Start> {
  const { log = silentLog } = options
  const tls = await beginTls(options, keys, world)
  const ours = await openOurs(options, { world, store, tls }).catch((error: unknown) => {
    tls?.close()
    throw error
  })
  const { opening: sockets, drain, leave } = drainable(ours, lookAgain(world.store))
  if (store !== undefined) await leaveWhileOthersDiffer(store, leave, log)
  for (const { name } of runs(options, 'partner') ? world.parties.partners : []) keys(partnerKey(name))
  for (const { name } of runs(options, 'es') ? world.parties.realms : []) keys(name === 'saml1' ? 'sp' : `sp-${name}`)
  const ofLabs = store && { store: Promise.resolve(store), under: 'labs/' }
  const pool = openKeys({ log, shared: ofLabs })
  const labs = createLabs({ options, opening: sockets, tls, log, pool, shared: store }, world.store)
  const { opening, parties } = openControl(sockets, world, options, labs)
  const { drainSeconds } = options
  if (drainSeconds !== undefined) closing.add(() => drain(drainSeconds * 1_000))
  // Before the sockets, which let answers under way finish.
  closing.add(world.faults.close)
  closing.add(world.store.journal.close)
  closing.add(labs.endWaits)
  closing.add(opening.close)
  closing.add(labs.close)
  if (tls !== undefined) closing.add(tls.close)
  if (store !== undefined) closing.add(store.close)
  return { options, world, opening, keys, tls, closing, parties, log }
}

/** The sockets of this process; those of a replica answer for the addresses that the first one has. */
async function openOurs(
  options: RoleOptions,
  { world, store, tls }: Pick<Begun, 'world' | 'store'> & { readonly tls: Tls | undefined },
): Promise<Opening> {
  const open = (publicUrls = options.publicUrls) =>
    openSockets({ ...options, ...(publicUrls && { publicUrls }) }, namesOf(world.parties), tls?.identity)
  if (store === undefined) return open()
  const { openReplica } = await import('../replicas/open-replica.ts')
  return openReplica(store, { options, world, open })
}

/** Whether the store has other data than before: a replica that nobody asks for anything else learns of it. */
const lookAgain = ({ replicas }: LoadedWorld['store']) =>
  replicas && (() => void replicas.refresh().catch(() => undefined))

async function leaveWhileOthersDiffer(store: SharedStore, leave: Drainable['leave'], log: Log): Promise<void> {
  const { leaveWhileDiffering } = await import('../replicas/differing-truth.ts')
  leaveWhileDiffering(store, { leave, log })
}

async function beginStore(url: string, { log = silentLog, signal }: RoleOptions): Promise<SharedStore> {
  const { openStore } = await import('#server/store/open-store')
  return openStore({ url, log, signal })
}

async function beginTls(options: RoleOptions, keys: Keys, world: LoadedWorld): Promise<Tls | undefined> {
  const { tls: choice, host = defaultHost, keysFolder, keysCache, extraAuthorities } = options
  if (choice === undefined) return undefined
  const { openTls } = await import('../keys/tls.ts')
  const { applications, partners } = namesOf(world.parties)
  const names = ['idp', ...applications, ...partners].map((name) => `${name}.localhost`)
  const published = Object.values(options.publicUrls ?? {}).map((url) => new URL(url).hostname.replace(/^\[|\]$/g, ''))
  const hosts = [...new Set([...names, 'localhost', '127.0.0.1', '::1', host, ...published])]
  return openTls(choice, { keys, hosts, keysFolder, keysCache, extraAuthorities })
}

/** Making a key takes longer than anything else at a start, so it is begun first, and only where it is sure to be needed. */
function beginKeys(options: RoleOptions, shared: Promise<SharedStore> | undefined): Keys {
  const { sloopYml, world, elasticsearchYml, keysFolder, keysCache, log = silentLog } = options
  const keys = openKeys({ keysFolder, keysCache, log, shared: shared && { store: shared, under: '' } })
  if (sloopYml !== undefined || world !== undefined) return keys
  if (runs(options, 'idp')) keys('idp')
  if (runs(options, 'es') && elasticsearchYml === undefined) keys('sp')
  return keys
}
