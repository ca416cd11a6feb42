import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseIdpMetadata } from '#saml/metadata/idp-metadata'
import { settableClock } from '#server/clock'
import { readYamlFile } from '#server/config'
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
import { idpEntityId, idpVariants } from './realms.ts'
import type { Lab } from './target.ts'
import { recordChanges } from './token-changes.ts'

const [username, password] = ['elastic', 'changeme']

/** What every emulated node of a run is made of. */
export interface Blueprint {
  readonly keys: Keys
  readonly realms: readonly LoadedRealm[]
  readonly startsAt: string
}

/** Lays the configuration out in a folder and reads it as a real node would. */
export async function makeBlueprint(folder: string, startsAt = '2031-05-04T12:00:00Z'): Promise<Blueprint> {
  const keys = await layOut(folder, Date.parse(startsAt))
  const path = join(folder, 'elasticsearch.yml')
  await writeFile(path, elasticsearchYml())
  const realms = await loadRealms(parseElasticsearchYml(readYamlFile(path)), { folder, log: silentLog })
  return { keys, realms, startsAt }
}

/** An emulated node on its first day, at the instant of its blueprint. */
export function makeLab(blueprint: Blueprint, version: string): Lab {
  const { keys } = blueprint
  const clock = settableClock(blueprint.startsAt)
  const { store, changes } = recordChanges(createInMemoryTokenStore())
  const tokens = createTokenService({ store, clock })
  const { log, lines } = collectingLog()
  let idpKeys: readonly (keyof Keys)[] | undefined
  const realms = blueprint.realms.map(({ config, idpMetadata }) => {
    const current = () => (idpKeys === undefined ? idpMetadata.current() : metadataWith(idpKeys, keys))
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
      const realms = blueprint.realms.map(({ config }) => ({ config, idpMetadata }))
      const waiting = makeLab({ ...blueprint, realms }, version)
      return { waiting, loaded: idpMetadata.loaded, stop: idpMetadata.stop }
    },
    changeIdpKeys: (names) => {
      idpKeys = names
    },
  }
}

function metadataWith(names: readonly (keyof Keys)[], keys: Keys) {
  return parseIdpMetadata(metadataDocument({ ...idpVariants.usual, keys: names }, keys), idpEntityId)
}

function collectingLog(): { log: Log; lines: readonly string[] } {
  const lines: string[] = []
  const write = (_facts: object, message: string) => {
    lines.push(message)
  }
  return { log: { info: write, warn: write, error: write }, lines }
}
