import type { Clock } from '#server/clock'
import type { PartyJournal } from '#server/journal/party-journal'
import type { Log } from '#server/logging'
import type { Replicas } from '#server/store/store'
import type { SamlRealm } from '../realm/saml-realm.ts'
import type { Authentication } from '../tokens/authentication.ts'
import type { TokenService } from '../tokens/token-service.ts'
import type { Dialect } from './dialect.ts'
import type { ApiKey } from './security/api-key.ts'
import type { UserData } from './security/match-rules.ts'
import type { Security } from './security/security.ts'

/** What one emulated node knows; made once, read by every call. */
export interface NodeContext {
  readonly dialect: Dialect
  /** In the order of the realm chain. */
  readonly realms: readonly SamlRealm[]
  readonly tokens: TokenService
  readonly security: Security
  /** The roles that the role mappings give to somebody, as the mappings are now. */
  readonly roleMapper: (user: UserData) => readonly string[]
  /** An enabled native user, for a realm with `authorization_realms`. */
  readonly lookupUser: (username: string) => Authentication | undefined
  /** What keeps the node and its replicas alike; absent where there are none. */
  readonly replicas?: Replicas | undefined
  readonly clock: Clock
  readonly journal: PartyJournal
  readonly log: Log
  readonly clusterName: string
  readonly nodeName: string
}

/** How somebody proved who they are, in `_authenticate`'s words. */
export type AuthenticationType = 'realm' | 'token' | 'api_key'

/** Who makes a call. */
export interface Caller {
  readonly authentication: Authentication
  readonly type: AuthenticationType
  /** The key that the call came with; its owner is who `authentication` names. */
  readonly apiKey?: ApiKey
  /** Who runs as the user that `authentication` names, with whose credentials the call came. */
  readonly runBy?: Caller
}
