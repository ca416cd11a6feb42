import { ConfigError } from '#server/config'
import type { Log } from '#server/logging'
import type { NodeSettings, RealmSettings } from './elasticsearch-yml.ts'
import type { IdpMetadataSource } from './idp-metadata-source.ts'
import { loadKeys } from './load-keys.ts'
import { loadMetadata } from './load-metadata.ts'
import { checkRealmChain } from './realm-chain.ts'
import type { RealmConfig } from './realm-config.ts'
import { readRealmSettings } from './realm-settings.ts'

/** A realm's settings with everything that they refer to. */
export interface LoadedRealm {
  readonly config: RealmConfig
  readonly idpMetadata: IdpMetadataSource
}

/**
 * Reads the keys and the IdP metadata that the realms of an `elasticsearch.yml` name; relative paths are relative to `folder`. Metadata behind an https address
 * may arrive later, as at a real node.
 * @throws ConfigError that names the setting and the file.
 */
export async function loadRealms(
  node: NodeSettings,
  { folder, log }: { folder: string; log: Log },
): Promise<readonly LoadedRealm[]> {
  const loaded = await Promise.all(node.realms.map((settings) => loadRealm(settings, folder, log)))
  const enabled = loaded.filter((realm) => realm !== undefined)
  if (enabled.length === 0)
    throw new ConfigError('the configuration has no SAML realm under [xpack.security.authc.realms.saml]')
  checkRealmChain(
    enabled.map(({ config }) => config),
    node,
  )
  return enabled
}

async function loadRealm(settings: RealmSettings, folder: string, log: Log): Promise<LoadedRealm | undefined> {
  const read = readRealmSettings(settings)
  if (read === undefined) return undefined
  const { files, toConfig } = read
  const place = { settings, folder }
  const [[signing], encryption] = await Promise.all([loadKeys(files.signing, place), loadKeys(files.encryption, place)])
  const config = toConfig({ signing, encryption })
  return { config, idpMetadata: await loadMetadata(files.metadata, { ...place, entityId: config.idpEntityId, log }) }
}
