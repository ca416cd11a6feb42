import type { Log } from '#server/logging'
import type { SamlRealm } from '../realm/saml-realm.ts'
import type { Authentication } from '../tokens/authentication.ts'
import type { TokenService } from '../tokens/token-service.ts'
import type { Dialect } from './dialect.ts'
import type { Roles } from './privileges.ts'
import type { ServiceUsers } from './service-users.ts'

/** What one emulated node knows; made once, read by every call. */
export interface NodeContext {
  readonly dialect: Dialect
  /** In the order of the realm chain. */
  readonly realms: readonly SamlRealm[]
  readonly tokens: TokenService
  readonly users: ServiceUsers
  readonly roles: Roles
  readonly log: Log
  readonly clusterName: string
  readonly nodeName: string
}

/** How somebody proved who they are, in `_authenticate`'s words. */
export type AuthenticationType = 'realm' | 'token'

/** Who makes a call. */
export interface Caller {
  readonly authentication: Authentication
  readonly type: AuthenticationType
}
