import { type Clock, systemClock } from '#server/clock'
import { noJournal, type PartyJournal } from '#server/journal/party-journal'
import { type Log, silentLog } from '#server/logging'
import { createMemoryStore, type Store } from '#server/store/store'
import { type ElasticsearchJudgement, explainAt, type MessageToExplain } from '../control/explain.ts'
import { createTokenOperations, type TokenOperations } from '../control/token-operations.ts'
import type { SamlRealm } from '../realm/saml-realm.ts'
import type { Client } from '../tokens/token-pair.ts'
import type { TokenService } from '../tokens/token-service.ts'
import { clientOf } from './actions/client-of.ts'
import { dialectOf } from './dialect.ts'
import type { NodeContext } from './node-context.ts'
import { createRestHandler } from './rest/rest-handler.ts'
import type { RoleMappings } from './role-mappings.ts'
import { mapRoles } from './security/map-roles.ts'
import { createSecurity, type Roles, resetSecurity, type Security } from './security/security.ts'
import type { ServiceUser } from './security/user.ts'

export interface ElasticsearchOptions {
  readonly realms: readonly SamlRealm[]
  readonly tokens: TokenService
  readonly users: readonly ServiceUser[]
  /** Roles beside the built-in ones. */
  readonly roles?: Roles
  /** None unless said otherwise, as on a fresh node. */
  readonly roleMappings?: RoleMappings
  readonly version?: string
  readonly clusterName?: string
  readonly nodeName?: string
  readonly maxBodyOctets?: number
  /** What stands before every path, where a request still has it: empty, or `/labs/1`. */
  readonly basePath?: string
  /** Tells when API keys are made and expire. */
  readonly clock?: Clock
  /** Where it keeps users, roles, role mappings and API keys; in this process when absent. */
  readonly store?: Store
  /** Where it writes what it sees; nowhere when absent. */
  readonly journal?: PartyJournal
  readonly log?: Log
}

/** An emulated node, as a function from request to response. */
export interface Elasticsearch {
  /** Of the Elasticsearch that it answers as. */
  readonly version: string
  fetch(request: Request, env?: object): Promise<Response>
  /** What it issues is as if the first of the users had asked for it. */
  readonly tokens: TokenOperations
  /**
   * Tells what the node would make of a message, rule by rule; nothing changes.
   * @throws NoSuch for an unknown realm
   */
  explain(message: MessageToExplain): Promise<ElasticsearchJudgement>
  /** As after the start, at every replica: without tokens, users, roles, role mappings and API keys that calls have made. */
  reset(): Promise<void>
}

const defaults = {
  roles: {},
  roleMappings: new Map(),
  version: '9.2.1',
  clusterName: 'sloop',
  nodeName: 'sloop-1',
  maxBodyOctets: 1024 * 1024,
  basePath: '',
  clock: systemClock,
  journal: noJournal,
  log: silentLog,
} as const

/** A node that answers the SAML, token and identity calls as Elasticsearch does. @throws ConfigError for a version it cannot be */
export function createElasticsearch(options: ElasticsearchOptions): Elasticsearch {
  const {
    realms,
    tokens,
    users,
    roles,
    roleMappings,
    version,
    clusterName,
    nodeName,
    maxBodyOctets,
    basePath,
    clock,
    journal,
    log,
    store,
  } = {
    ...defaults,
    store: createMemoryStore(),
    ...options,
  }
  const security = createSecurity({ users, roles, roleMappings, store, clock })
  const node: NodeContext = {
    dialect: dialectOf(version),
    realms: [...realms].sort((a, b) => a.order - b.order),
    tokens,
    security,
    roleMapper: (user) => {
      const mappings = security.roleMappings.entries().map(([, mapping]) => mapping)
      return mapRoles(user, mappings)
    },
    lookupUser: security.users.lookUp,
    replicas: store.replicas,
    clock,
    journal,
    log,
    clusterName,
    nodeName,
  }
  const handle = createRestHandler(node, { maxBodyOctets, basePath })
  return {
    version,
    fetch: handle,
    tokens: createTokenOperations(node, firstClient(users, security)),
    explain: (message) => explainAt(node, message),
    async reset() {
      resetSecurity(security)
      await node.tokens.clear()
    },
  }
}

function firstClient([user]: readonly ServiceUser[], { users }: Security): Client {
  const authentication = user && users.authenticate(user.username, user.password)
  return authentication === undefined ? { username: 'elastic', realm: 'reserved' } : clientOf({ authentication })
}
