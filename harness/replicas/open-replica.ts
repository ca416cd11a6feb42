import { readFileSync } from 'node:fs'
import type { SharedStore } from '#server/store/store'
import type { Opening } from '../roles/opening.ts'
import type { RoleOptions } from '../roles/role-options.ts'
import type { LoadedWorld } from '../world/load-world.ts'
import { withoutSecrets } from '../world/without-secrets.ts'
import { agree, digestOf, type Identity, knownUrl } from './identity.ts'

interface Replica {
  readonly options: RoleOptions
  readonly world: LoadedWorld
  /** Opens the sockets of this process, for parties that are reached there. */
  readonly open: (publicUrls?: RoleOptions['publicUrls']) => Promise<Opening>
}

/**
 * Opens the sockets of a replica. Every party is reached where its first replica said, unless `publicUrls` says otherwise.
 * @throws ConfigError when a replica of another world runs at this store
 */
export async function openReplica(shared: SharedStore, { options, world, open }: Replica): Promise<Opening> {
  const known = await knownUrls(shared, world)
  const given = { ...known, ...options.publicUrls }
  const opening = await open(given)
  try {
    const agreed = { ...(await agreeAll(shared, opening, described(options, world))), ...options.publicUrls }
    if (Object.entries(agreed).every(([party, url]) => urlsOf(opening).get(party) === url)) return opening
    // Another replica was quicker.
    await opening.close()
    return await open({ ...given, ...agreed })
  } catch (error) {
    await opening.close()
    throw error
  }
}

async function knownUrls(shared: SharedStore, { parties }: LoadedWorld): Promise<Record<string, string>> {
  const names = ['idp', 'es', ...[...parties.applications, ...parties.partners].map(({ name }) => name)]
  const known = await Promise.all(names.map(async (name) => [name, await knownUrl(shared, name)] as const))
  return Object.fromEntries(known.filter((each): each is readonly [string, string] => each[1] !== undefined))
}

async function agreeAll(
  shared: SharedStore,
  opening: Opening,
  ours: Omit<Identity, 'url'>,
): Promise<Record<string, string>> {
  const running = runningOf(opening)
  const agreed = await Promise.all(
    [...urlsOf(opening)]
      .filter(([party]) => running.has(party))
      .map(async ([party, url]) => [party, await agree(shared, party, { ...ours, url })] as const),
  )
  return Object.fromEntries(agreed)
}

function urlsOf({ urls }: Opening): ReadonlyMap<string, string> {
  return new Map([['idp', urls.idp], ['es', urls.es], ...urls.apps, ...urls.partners])
}

function runningOf({ idp, es, apps, partners }: Opening): ReadonlySet<string> {
  return new Set([...(idp ? ['idp'] : []), ...(es ? ['es'] : []), ...apps.keys(), ...partners.keys()])
}

/** What has to be the same in every replica. */
function described(options: RoleOptions, { given, esVersion }: LoadedWorld): Omit<Identity, 'url'> {
  const { appProfile, appSelector, temper, ownApplication, idpMetadataUrl, spMetadataUrls, partners } = options
  const file = options.elasticsearchYml && readFileSync(options.elasticsearchYml, 'utf8')
  const said = { appProfile, appSelector, temper, ownApplication, idpMetadataUrl, spMetadataUrls, partners }
  const secrets = [given, options.elasticPassword]
  return { world: { ...withoutSecrets(given), esVersion, elasticsearchYml: file, ...said }, secrets: digestOf(secrets) }
}
