import type { CacheProvider } from '@node-saml/node-saml'
import type { PartyFaults } from '#server/faults'
import type { PartyJournal } from '#server/journal/party-journal'
import type { Replicas } from '#server/store/store'
import type { Endpoints } from './endpoints.ts'
import type { PartnerOptions } from './partner-options.ts'
import type { IdpMetadata } from './saml/idp-metadata.ts'
import type { PartnerSessions } from './sessions.ts'
import type { TemperSetting } from './temper.ts'

/** What the routes and flows of one partner share. */
export interface PartnerParts
  extends Omit<PartnerOptions, 'baseUrl' | 'temper' | 'sameSite' | 'faults' | 'journal' | 'store'> {
  readonly endpoints: Endpoints
  readonly sameSite: NonNullable<PartnerOptions['sameSite']>
  readonly temper: TemperSetting
  /** What keeps the partner and its replicas alike; absent where there are none. */
  readonly replicas?: Replicas | undefined
  readonly faults: PartyFaults
  readonly journal: PartyJournal
  readonly sessions: PartnerSessions
  readonly sent: CacheProvider
  /** @throws PartnerError (503) while it is not known */
  readonly idp: () => IdpMetadata
}
