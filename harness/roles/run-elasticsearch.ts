import { basePathOf } from '#server/base-path'
import type { Clock } from '#server/clock'
import { ConfigError } from '#server/config'
import { newId } from '#server/ids'
import type { PartyJournal } from '#server/journal/party-journal'
import type { Log } from '#server/logging'
import type { Listener } from '#server/serve'
import type { Store } from '#server/store/store'
import {
  createElasticsearch,
  createInMemoryTokenStore,
  createSamlRealm,
  createSharedTokenStore,
  createTokenService,
  dialectOf,
  type Elasticsearch,
  type LoadedRealm,
  noteTokensEnded,
  type RoleMappings,
  type SamlRealm,
  type TokenOperations,
} from '../../sp-emulator/index.ts'
import { elasticUser } from '../default-world.ts'
import { createReadiness, type Readiness } from './readiness.ts'
import { recordLogins } from './record-logins.ts'
import type { RecordedLogins, RoleOptions } from './role-options.ts'

/** The realms of a node and how long its access tokens live, wherever they were configured. */
export interface NodeSetup {
  readonly realms: readonly LoadedRealm[]
  readonly roleMappings?: RoleMappings | undefined
  readonly esVersion?: string | undefined
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

/** A realm of a node that runs, and what its service provider is known by. */
export interface ServedRealm extends SamlRealm {
  /** Of the key that signs, in PEM; null of a realm that signs nothing. */
  readonly certificate: string | null
}

export interface ElasticsearchRole {
  readonly realms: readonly ServedRealm[]
  /** Of every login, oldest first; none unless they are recorded. */
  readonly logins: Readonly<Pick<RecordedLogins, 'values'>>
  readonly tokens: TokenOperations
  readonly explain: Elasticsearch['explain']
  readonly readiness: Readiness
  /** Of the Elasticsearch that it answers as. */
  readonly version: string
  readonly reset: Elasticsearch['reset']
}

/** Puts a node on its socket. It answers at once, as a real one does, also while a realm has no metadata yet. */
export function runElasticsearch(
  listener: Listener,
  { realms: loaded, roleMappings, esVersion, tokenTimeoutMs, tokenDeleteIntervalMs }: NodeSetup,
  given: Omit<RoleOptions, 'store'> & {
    log: Log
    clock: Clock
    journal: PartyJournal
    baseUrl: string
    store?: Store | undefined
  },
): ElasticsearchRole {
  const { log, elasticPassword, logins, clock, journal, baseUrl, store } = given
  const realms = loaded.map(({ config, idpMetadata: { current, withdrawnKeys } }) => ({
    ...createSamlRealm({ config, idpMetadata: current, withdrawnKeys, clock, newId }),
    certificate: config.signing?.certificatePem ?? null,
  }))
  const times = {
    ...(tokenTimeoutMs !== undefined && { accessLifetimeMs: tokenTimeoutMs }),
    ...(tokenDeleteIntervalMs !== undefined && { purgeIntervalMs: tokenDeleteIntervalMs }),
  }
  const ended = noteTokensEnded(journal)
  const pairs = store?.replicas === undefined ? createInMemoryTokenStore() : createSharedTokenStore(store, clock)
  const service = createTokenService({ store: pairs, clock, ended, ...times })
  const tokens = logins === undefined ? service : recordLogins(service, logins)
  const node = createElasticsearch({
    realms,
    tokens,
    users: [elasticUser(elasticPassword)],
    basePath: basePathOf(new URL(baseUrl)),
    ...(roleMappings && { roleMappings }),
    ...(esVersion === undefined ? {} : { version: esVersion }),
    ...(store && { store }),
    clock,
    journal,
    log,
  })
  const lastFailure = () => loaded.map(({ idpMetadata }) => idpMetadata.lastFailure()).find(Boolean)
  const readiness = createReadiness('the metadata of an IdP has not been loaded yet', lastFailure)
  listener.mount(readiness.serve(node.fetch))
  return {
    realms,
    logins: logins ?? new Map(),
    tokens: node.tokens,
    explain: node.explain,
    readiness,
    version: node.version,
    reset: node.reset,
  }
}
