import { warmUpSignatures } from '#saml/signature/canonical-form'
import { silentLog } from '#server/logging'
import { defaultHost } from '../default-world.ts'
import { type Keys, openKeys, partnerKey } from '../keys/keys.ts'
import type { Tls } from '../keys/tls.ts'
import { createLabs } from '../labs/labs.ts'
import { type LoadedWorld, loadWorld, runs } from '../world/load-world.ts'
import { createClosing } from './closing.ts'
import { openControl } from './open-control.ts'
import { openSockets } from './opening.ts'
import { namesOf } from './places.ts'
import type { RoleOptions } from './role-options.ts'
import type { StartedRoles } from './start.ts'

/**
 * Starts the roles and answers once they are ready. When the start fails or is given up, nothing is left open.
 *
 * What takes longest begins first: keys are made on other threads while this one loads what the roles are made of.
 * @throws ConfigError with one sentence when what was asked for cannot work
 */
export async function startRoles(options: RoleOptions): Promise<StartedRoles> {
  const keys = beginKeys(options)
  const [{ runTogether }, world] = await Promise.all([import('./run-together.ts'), loadWorld(options)])
  const tls = await beginTls(options, keys, world)
  const sockets = await openSockets(options, namesOf(world.parties), tls?.identity).catch((error: unknown) => {
    tls?.close()
    throw error
  })
  for (const { name } of runs(options, 'partner') ? world.parties.partners : []) keys(partnerKey(name))
  for (const { name } of runs(options, 'es') ? world.parties.realms : []) keys(name === 'saml1' ? 'sp' : `sp-${name}`)
  const closing = createClosing()
  const { log = silentLog } = options
  const labs = createLabs({ options, opening: sockets, tls, log, pool: openKeys({ log }) })
  const { opening, parties } = openControl(sockets, world, options, labs)
  // Before the sockets, which let answers under way finish.
  closing.add(world.faults.close)
  closing.add(world.journal.close)
  closing.add(labs.endWaits)
  closing.add(opening.close)
  closing.add(labs.close)
  if (tls !== undefined) closing.add(tls.close)
  // Whoever stops the roles also closes them, and sees there what fails.
  options.signal?.addEventListener('abort', () => void closing.close().catch(() => undefined), { once: true })
  try {
    const started = await runTogether({ options, world, opening, keys, tls, closing, parties, log })
    setImmediate(warmUpSignatures)
    return started
  } catch (error) {
    await closing.close()
    throw error
  }
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
function beginKeys(options: RoleOptions): Keys {
  const { sloopYml, world, elasticsearchYml, keysFolder, keysCache, log = silentLog } = options
  const keys = openKeys({ keysFolder, keysCache, log })
  if (sloopYml !== undefined || world !== undefined) return keys
  if (runs(options, 'idp')) keys('idp')
  if (runs(options, 'es') && elasticsearchYml === undefined) keys('sp')
  return keys
}
