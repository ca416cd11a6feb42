import type { Clock } from '#server/clock'
import type { PartyJournal } from '#server/journal/party-journal'
import type { Log } from '#server/logging'
import type { Store } from '#server/store/store'
import type { ElasticsearchOptions } from './elasticsearch-client.ts'
import type { ProviderOptions } from './providers/provider.ts'
import type { SameSite } from './sessions/session-cookie.ts'
import type { SessionStore } from './sessions/session-store.ts'

/** `kibana` does what Kibana does, its weaknesses included; `careful` does what Elasticsearch's calls allow an application to do right. */
export type Profile = 'kibana' | 'careful'

export interface WebAppOptions {
  /** Where browsers find the application, for instance `http://app.localhost:5601`. */
  readonly baseUrl: string
  readonly elasticsearch: ElasticsearchOptions
  /** What its cookie is called after; `app` unless said otherwise. */
  readonly name?: string
  /** Of the cookie of a signed-in user; none unless said otherwise, as in Kibana. */
  readonly sameSite?: SameSite
  /** `kibana` unless said otherwise. */
  readonly profile?: Profile
  /** The ways to log in, the first one first. One SAML provider of the name `saml` unless said otherwise. */
  readonly providers?: readonly ProviderOptions[]
  /** The realm of that one provider. Without it Elasticsearch finds the realm by our assertion consumer service. */
  readonly realm?: string
  /** Whether users choose on `/login`; unless said otherwise when there is more than one provider. */
  readonly selector?: boolean
  readonly clock: Clock
  readonly newSecret: () => string
  /** Where it writes its calls; nowhere when absent. */
  readonly journal?: PartyJournal | undefined
  readonly log: Log
  readonly title?: string
  /** Where it keeps sessions, and what it knows of Responses; in this process when absent. */
  readonly store?: Store | undefined
  readonly sessions?: SessionStore
}
