import type { Log } from '#server/logging'
import type { ElasticsearchSaml, RealmAddress } from './elasticsearch-saml.ts'
import type { SessionStore } from './sessions/session-store.ts'

/** What the routes and flows of one application share. */
export interface WebAppParts {
  readonly baseUrl: URL
  readonly title: string
  readonly realm: RealmAddress
  readonly elasticsearch: ElasticsearchSaml
  readonly sessions: SessionStore
  readonly newSecret: () => string
  readonly log: Log
}

/** The configured realm, else the one that the session was made in, else whichever owns the ACS (web-app-flows §1.2). */
export function realmAddress(configured: RealmAddress, sessionRealm: string | undefined): RealmAddress {
  if ('realm' in configured || sessionRealm === undefined) return configured
  return { realm: sessionRealm }
}
