import { dirname } from 'node:path'
import type { Credential } from '#saml/credentials'
import { systemClock } from '#server/clock'
import { ConfigError } from '#server/config'
import { newId } from '#server/ids'
import type { Log } from '#server/logging'
import type { Listener } from '#server/serve'
import { readYamlDocument } from '#server/yaml-file'
import {
  createElasticsearch,
  createInMemoryTokenStore,
  createSamlRealm,
  createTokenService,
  dialectOf,
  fetchedMetadata,
  type IdpMetadataSource,
  knownMetadata,
  type LoadedRealm,
  loadRealms,
  parseElasticsearchYml,
  type SamlRealm,
} from '../sp-emulator/index.ts'
import { defaultRealm } from './default-realm.ts'
import { elasticUser } from './default-world.ts'
import { inFile } from './in-file.ts'
import { createReadiness, type Readiness } from './readiness.ts'
import { recordLogins } from './record-logins.ts'
import type { IssuedTokens, RoleOptions } from './role-options.ts'

/** The realms of a node and how long its access tokens live, wherever they were configured. */
export interface NodeSetup {
  readonly realms: readonly LoadedRealm[]
  readonly tokenTimeoutMs?: number | undefined
  readonly tokenDeleteIntervalMs?: number | undefined
}

/**
 * Refuses a version before anything is waited for.
 * @throws ConfigError when it cannot be emulated, or the application's client would not talk to it: it wants the product header of 7.14.
 */
export function checkVersion(esVersion: string, { hasApplication }: { hasApplication: boolean }): void {
  const { productHeader } = dialectOf(esVersion)
  if (productHeader || !hasApplication) return
  throw new ConfigError(
    `the application needs Elasticsearch 7.14 or later; run [sloop es --es-version ${esVersion}] and [sloop idp] without it`,
  )
}

/** The metadata of an IdP that is at hand, or of one that has yet to be asked for it. */
export function idpMetadataSource(
  idp: { readonly metadata: string; readonly entityId: string } | { readonly url: string; readonly log: Log },
): IdpMetadataSource {
  return 'url' in idp ? fetchedMetadata(idp.url, undefined, idp.log) : knownMetadata(idp.metadata, idp.entityId)
}

/** The default world's one realm, once the metadata of its IdP is there. */
export function makeDefaultSetup(parties: {
  readonly idpMetadata: IdpMetadataSource
  readonly appUrl: string
  readonly signing: Credential
}): NodeSetup {
  const { idpMetadata, appUrl, signing } = parties
  const config = defaultRealm({ appUrl, idpEntityId: idpMetadata.current().entityId, signing })
  return { realms: [{ config, idpMetadata }] }
}

/** Reads an `elasticsearch.yml`, as a node of this version does, and what it refers to. @throws ConfigError */
export async function readNodeSetup(
  path: string,
  { log, esVersion, environment }: Pick<RoleOptions, 'esVersion' | 'environment'> & { log: Log },
): Promise<NodeSetup> {
  const { value, placeOf } = readYamlDocument(path, 'elasticsearchYml')
  return inFile(path, async () => {
    const realmKeys = esVersion === undefined ? undefined : dialectOf(esVersion).realmKeys
    const settings = parseElasticsearchYml(value, { placeOf, realmKeys, environment })
    const { tokenTimeoutMs, tokenDeleteIntervalMs } = settings
    const realms = await loadRealms(settings, { folder: dirname(path), log })
    return { realms, tokenTimeoutMs, tokenDeleteIntervalMs }
  })
}

export interface ElasticsearchRole {
  readonly realms: readonly SamlRealm[]
  readonly issuedTokens: () => readonly IssuedTokens[]
  readonly readiness: Readiness
}

/** Puts a node on its socket. It answers at once, as a real one does, also while a realm has no metadata yet. */
export function runElasticsearch(
  listener: Listener,
  { realms: loaded, tokenTimeoutMs, tokenDeleteIntervalMs }: NodeSetup,
  { log, esVersion, elasticPassword, recordsTokens }: RoleOptions & { log: Log },
): ElasticsearchRole {
  const clock = systemClock
  const realms = loaded.map(({ config, idpMetadata }) =>
    createSamlRealm({ config, idpMetadata: idpMetadata.current, clock, newId }),
  )
  const times = {
    ...(tokenTimeoutMs !== undefined && { accessLifetimeMs: tokenTimeoutMs }),
    ...(tokenDeleteIntervalMs !== undefined && { purgeIntervalMs: tokenDeleteIntervalMs }),
  }
  const service = createTokenService({ store: createInMemoryTokenStore(), clock, ...times })
  const { tokens, issued } = recordsTokens === true ? recordLogins(service) : { tokens: service, issued: () => [] }
  const node = createElasticsearch({
    realms,
    tokens,
    users: [elasticUser(elasticPassword)],
    ...(esVersion === undefined ? {} : { version: esVersion }),
    log,
  })
  const lastFailure = () => loaded.map(({ idpMetadata }) => idpMetadata.lastFailure()).find(Boolean)
  const readiness = createReadiness('the metadata of an IdP has not been loaded yet', lastFailure)
  listener.mount(readiness.serve(node.fetch))
  return { realms, issuedTokens: issued, readiness }
}
