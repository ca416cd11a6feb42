import { type Log, silentLog } from '#server/logging'
import type { SamlRealm } from '../realm/saml-realm.ts'
import type { TokenService } from '../tokens/token-service.ts'
import { dialectOf } from './dialect.ts'
import type { NodeContext } from './node-context.ts'
import { builtInRoles, type Roles } from './privileges.ts'
import { createRestHandler } from './rest/rest-handler.ts'
import { createServiceUsers, type ServiceUser } from './service-users.ts'

export interface ElasticsearchOptions {
  readonly realms: readonly SamlRealm[]
  readonly tokens: TokenService
  readonly users: readonly ServiceUser[]
  /** Roles beside the built-in ones. */
  readonly roles?: Roles
  readonly version?: string
  readonly clusterName?: string
  readonly nodeName?: string
  readonly maxBodyOctets?: number
  readonly log?: Log
}

/** An emulated node, as a function from request to response. */
export interface Elasticsearch {
  fetch(request: Request, env?: object): Promise<Response>
}

const defaults = {
  roles: {},
  version: '9.2.1',
  clusterName: 'sloop',
  nodeName: 'sloop-1',
  maxBodyOctets: 100 * 1024 * 1024,
  log: silentLog,
} as const

/** A node that answers the SAML, token and identity calls as Elasticsearch does. @throws ConfigError for a version it cannot be */
export function createElasticsearch(options: ElasticsearchOptions): Elasticsearch {
  const { realms, tokens, users, roles, version, clusterName, nodeName, maxBodyOctets, log } = {
    ...defaults,
    ...options,
  }
  const node: NodeContext = {
    dialect: dialectOf(version),
    realms: [...realms].sort((a, b) => a.order - b.order),
    tokens,
    users: createServiceUsers(users),
    roles: { ...builtInRoles, ...roles },
    log,
    clusterName,
    nodeName,
  }
  const handle = createRestHandler(node, maxBodyOctets)
  return { fetch: (request) => handle(request) }
}
