import { readYamlDocument } from '#server/yaml-file'
import { dialectOf, type NodeSettings, parseElasticsearchYml, readRealmSettings } from '../../sp-emulator/index.ts'
import type { RoleOptions } from '../roles/role-options.ts'
import type { RealmParty } from './parties.ts'
import { realmAddresses, realmsDocument } from './realm-settings.ts'
import { inFile, type WorldSource } from './world-file.ts'

/** An `elasticsearch.yml` that was read. */
export interface NodeFile {
  readonly path: string
  readonly settings: NodeSettings
  readonly inPlace: WorldSource['inPlace']
}

/** Reads an `elasticsearch.yml` as a node of this version does. @throws ConfigError that begins with the file */
export function readNodeFile(
  path: string,
  { esVersion, environment }: Pick<RoleOptions, 'environment'> & { esVersion: string | undefined },
): Promise<NodeFile> {
  const document = readYamlDocument(path, 'elasticsearchYml')
  const placed: NodeFile['inPlace'] = (work) => inFile(path, work)
  return placed(async () => {
    const realmKeys = esVersion === undefined ? undefined : dialectOf(esVersion).realmKeys
    const { value, placeOf } = document
    return { path, settings: parseElasticsearchYml(value, { placeOf, realmKeys, environment }), inPlace: placed }
  })
}

/** Refuses what no address could mend in the settings of realms. @throws ConfigError naming the setting */
export async function checkRealms(realms: readonly RealmParty[]): Promise<void> {
  const document = realmsDocument(realms, (realm) => realmAddresses(realm, 'http://app.localhost'))
  for (const settings of parseElasticsearchYml(document).realms) {
    const values = new Map([
      ['idp.entity_id', 'urn:given'],
      ['idp.metadata.path', 'given'],
      ...settings.values,
    ] as const)
    readRealmSettings({ ...settings, values }, { hasSigningKey: true })
  }
}
