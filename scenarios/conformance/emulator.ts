import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseIdpMetadata } from '#saml/metadata/idp-metadata'
import { settableClock } from '#server/clock'
import { ConfigError, readYamlFile } from '#server/config'
import { newId } from '#server/ids'
import { type Log, silentLog } from '#server/logging'
import {
  createElasticsearch,
  createInMemoryTokenStore,
  createSamlRealm,
  createTokenService,
  fetchedMetadata,
  type LoadedRealm,
  loadRealms,
  parseElasticsearchYml,
} from '../../sp-emulator/index.ts'
import { readAnswer, requestOf } from './calls.ts'
import { elasticsearchYml, type Keys, layOut, metadataDocument } from './configuration.ts'
import { profileOf } from './profile.ts'
import { idpEntityId, idpVariants, type RealmName, realmNames, realmVariants } from './realms.ts'
import type { Lab } from './target.ts'
import { recordChanges } from './token-changes.ts'

const [username, password] = ['elastic', 'changeme']

/** What every emulated node of a run is made of. */
export interface Blueprint {
  readonly keys: Keys
  readonly realms: ReadonlyMap<RealmName, LoadedRealm>
  /** The realms whose settings the emulator refuses, with its reason. */
  readonly refused: ReadonlyMap<RealmName, string>
  readonly startsAt: string
}

/** Lays the configuration out in a folder and reads it as a real node would. */
export async function makeBlueprint(folder: string, startsAt = '2031-05-04T12:00:00Z'): Promise<Blueprint> {
  const keys = await layOut(folder, Date.parse(startsAt))
  const realms = new Map<RealmName, LoadedRealm>()
  const refused = new Map<RealmName, string>()
  for (const name of realmNames) {
    try {
      realms.set(name, await loadOne(name, folder))
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      refused.set(name, error.message)
    }
  }
  return { keys, realms, refused, startsAt }
}

async function loadOne(name: RealmName, folder: string): Promise<LoadedRealm> {
  const path = join(folder, 'elasticsearch.yml')
  await writeFile(path, elasticsearchYml('', [name]))
  const [realm] = await loadRealms(parseElasticsearchYml(readYamlFile(path)), { folder, log: silentLog })
  if (realm === undefined) throw new TypeError(`the realm ${name} is switched off`)
  return realm
}

/** An emulated node on its first day, at the instant of its blueprint. */
export function makeLab(blueprint: Blueprint, version: string): Lab {
  const { keys } = blueprint
  const clock = settableClock(blueprint.startsAt)
  const { store, changes } = recordChanges(createInMemoryTokenStore())
  const tokens = createTokenService({ store, clock })
  const { log, lines } = collectingLog()
  let idpKeys: readonly (keyof Keys)[] | undefined
  const realms = [...blueprint.realms].map(([name, { config, idpMetadata }]) => {
    const current = () => (idpKeys === undefined ? idpMetadata.current() : withKeys(name, idpKeys, keys))
    return createSamlRealm({ config, idpMetadata: current, clock, newId })
  })
  const users = [{ username, password, roles: ['superuser'] }]
  const node = createElasticsearch({ realms, tokens, users, version, log })
  return {
    profile: profileOf(version),
    keys,
    clock,
    tokens,
    changes,
    now: () => clock.now(),
    send: async (call) => readAnswer(await node.fetch(requestOf('http://es.test', call, { username, password }))),
    logged: () => lines.join('\n'),
    another: () => makeLab(blueprint, version),
    fetchingMetadata: (url) => {
      const idpMetadata = fetchedMetadata(url, idpEntityId, silentLog)
      const fetching = [...blueprint.realms].map(([name, { config }]) => [name, { config, idpMetadata }] as const)
      const waiting = makeLab({ ...blueprint, realms: new Map(fetching) }, version)
      return { waiting, loaded: idpMetadata.loaded, stop: idpMetadata.stop }
    },
    changeIdpKeys: (names) => {
      idpKeys = names
    },
  }
}

function withKeys(realm: RealmName, names: readonly (keyof Keys)[], keys: Keys) {
  const variant = idpVariants[realmVariants[realm].idp]
  return parseIdpMetadata(metadataDocument({ ...variant, keys: names }, keys), idpEntityId)
}

function collectingLog(): { log: Log; lines: readonly string[] } {
  const lines: string[] = []
  const write = (_facts: object, message: string) => {
    lines.push(message)
  }
  return { log: { info: write, warn: write, error: write }, lines }
}
