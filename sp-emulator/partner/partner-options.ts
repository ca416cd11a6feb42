import type { Clock } from '#server/clock'
import type { PartyFaults } from '#server/faults'
import type { PartyJournal } from '#server/journal/party-journal'
import type { Log } from '#server/logging'
import type { Store } from '#server/store/store'
import type { Temper } from './temper.ts'

/** How far the cookie of a session travels from other sites. */
export type PartnerSameSite = 'lax' | 'strict' | 'none'

export interface PartnerKey {
  readonly privateKeyPem: string
  readonly certificatePem: string
}

export interface PartnerOptions {
  /** What it is called on its pages, and its cookie after it. */
  readonly name: string
  /** Where browsers find it, which is its entity id, too. */
  readonly baseUrl: string
  /** By which the IdP knows it. */
  readonly key: PartnerKey
  /** A key that the IdP does not know it by; asked for when its temper needs one. */
  readonly foreignKey: () => Promise<PartnerKey>
  /** `polite` unless said otherwise. */
  readonly temper?: Temper | undefined
  /** `lax` unless said otherwise. */
  readonly sameSite?: PartnerSameSite | undefined
  /** What its messages are to be wrong about; nothing when absent. */
  readonly faults?: PartyFaults | undefined
  /** Where it writes what it sees; nowhere when absent. */
  readonly journal?: PartyJournal | undefined
  readonly clock: Clock
  /** Where it keeps sessions, the requests that it has sent, and its temper; in this process when absent. */
  readonly store?: Store | undefined
  readonly newId: () => string
  readonly newSecret: () => string
  /** Waits that long; false when the partner is closed before. */
  readonly wait: (ms: number) => Promise<boolean>
  /** Asks an address without a browser. */
  readonly get: (url: string) => Promise<unknown>
  readonly log: Log
}
