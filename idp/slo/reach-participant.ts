import { whyStale } from '../directory/valid-metadata.ts'
import type { Addressee } from '../outbox/draft.ts'
import { findAddressee, type NoWay } from '../outbox/find-addressee.ts'
import type { IdpParts } from '../parts.ts'
import type { SessionParticipant } from '../sessions/idp-session.ts'

/** How a participant can be asked now, or why it cannot. */
export function reachParticipant(
  { config, serviceProviders }: IdpParts,
  { spEntityId }: SessionParticipant,
): Addressee | NoWay {
  const sp = serviceProviders.find(spEntityId)
  if (sp === undefined) return { noWay: 'it is no longer known' }
  const stale = whyStale(sp, config.clock.now())
  return stale === undefined ? findAddressee(serviceProviders, spEntityId, 'request') : { noWay: stale }
}
