import type { Credential } from '#saml/credentials'
import { type Clock, systemClock } from '#server/clock'
import { ConfigError } from '#server/config'
import type { Log } from '#server/logging'
import type { IdpMetadataSource } from './metadata/idp-metadata-source.ts'
import { loadMetadata } from './metadata/load-metadata.ts'
import type { RealmConfig } from './realm-config.ts'
import type { NodeSettings, RealmSettings } from './settings/elasticsearch-yml.ts'
import { loadKeys } from './settings/load-keys.ts'
import { checkRealmChain } from './settings/realm-chain.ts'
import { readRealmSettings } from './settings/realm-settings.ts'

/** A realm's settings with everything that they refer to. */
export interface LoadedRealm {
  readonly config: RealmConfig
  readonly idpMetadata: IdpMetadataSource
}

/** What a realm has without a file. */
export interface GivenParts {
  /** For a realm that says nothing of an IdP. */
  readonly idp?: { readonly entityId: string; readonly metadata: IdpMetadataSource } | undefined
  /** For a realm that names no keys of its own. */
  readonly signing?: Credential | undefined
  readonly encryption?: readonly Credential[] | undefined
}

export interface RealmSurroundings {
  readonly folder: string
  readonly log: Log
  /** The node's: metadata is good or past its time by it. */
  readonly clock?: Clock
  /** Nothing unless said otherwise. */
  readonly given?: (realm: string) => GivenParts
}

/**
 * Reads the keys and the IdP metadata that the realms of an `elasticsearch.yml` name; relative paths are relative to `folder`. Metadata behind an https address
 * may arrive later, as at a real node.
 * @throws ConfigError that names the setting and the file.
 */
export async function loadRealms(node: NodeSettings, surroundings: RealmSurroundings): Promise<readonly LoadedRealm[]> {
  const loaded = await Promise.all(node.realms.map((settings) => loadRealm(settings, surroundings)))
  const enabled = loaded.filter((realm) => realm !== undefined)
  if (enabled.length === 0)
    throw new ConfigError('the configuration has no SAML realm under [xpack.security.authc.realms.saml]')
  checkRealmChain(
    enabled.map(({ config }) => config),
    node,
  )
  return enabled
}

async function loadRealm(
  written: RealmSettings,
  { folder, log, clock = systemClock, given = () => ({}) }: RealmSurroundings,
): Promise<LoadedRealm | undefined> {
  const { idp, signing: givenKey, encryption: givenKeys = [] } = given(written.name)
  const isCompleted = idp !== undefined && saysNothingOfAnIdp(written)
  const settings = isCompleted ? withIdp(written, idp.entityId) : written
  const read = readRealmSettings(settings, { hasSigningKey: givenKey !== undefined })
  if (read === undefined) return undefined
  const { files, toConfig } = read
  const place = { settings, folder }
  const [[signing = givenKey], encryption] = await Promise.all([
    loadKeys(files.signing, place),
    loadKeys(files.encryption, place),
  ])
  const config = toConfig({ signing, encryption: encryption.length > 0 ? encryption : givenKeys })
  if (isCompleted) return { config, idpMetadata: idp.metadata }
  const wanted = { ...place, entityId: config.idpEntityId, log, clock }
  return { config, idpMetadata: await loadMetadata(files.metadata, wanted) }
}

const [idpEntityId, idpMetadataPath] = ['idp.entity_id', 'idp.metadata.path'] as const

const saysNothingOfAnIdp = ({ values }: RealmSettings): boolean =>
  !values.has(idpEntityId) && !values.has(idpMetadataPath)

function withIdp(settings: RealmSettings, entityId: string): RealmSettings {
  // Of the metadata only that it is there matters: it is given, too.
  const values = new Map([...settings.values, [idpEntityId, entityId], [idpMetadataPath, 'given']])
  return { ...settings, values }
}
