import type { WantedFault } from '#server/faults'
import { NoSuch } from '#server/no-such'
import { whyNoPartnerChange } from '../../sp-emulator/index.ts'
import { written } from './fault-kinds.ts'
import { FaultMistake } from './fault-mistake.ts'

/** Who runs, or may elsewhere. */
type Parties = readonly { readonly name: string; readonly role: 'idp' | 'es' | 'app' | 'partner' }[]

/**
 * Refuses what no message could ever take: of nobody, of somebody who writes no such message, or with a change that is none for it.
 * @throws NoSuch where there is no such party, else FaultMistake
 */
export async function checkFault({ party, on, change }: WantedFault, parties: Parties): Promise<void> {
  const role = writerOf(party, parties)
  const kinds: readonly string[] = written[role]
  if (!kinds.includes(on)) {
    const who = role === 'idp' ? 'the identity provider' : 'a partner'
    throw new FaultMistake('on', `${who} writes no ${on}, expected one of ${kinds.join(', ')}`, {
      expected: kinds,
      actual: on,
    })
  }
  const { checkChange, whyNever } = await import('../../idp/changes/index.ts')
  const checked = checkChange(change)
  const unmade =
    role === 'idp' ? whyNever(on as (typeof written.idp)[number], checked) : whyNoPartnerChange(on, checked)
  if (unmade === undefined) return
  const { key, why } = unmade
  throw new FaultMistake(`change.${key}`, why, { actual: change[key] })
}

function writerOf(party: string, parties: Parties): 'idp' | 'partner' {
  const writers = parties.filter(({ role }) => role === 'idp' || role === 'partner').map(({ name }) => name)
  const role = parties.find(({ name }) => name === party)?.role ?? (party === 'es' ? 'es' : undefined)
  if (role === undefined)
    throw new NoSuch({ what: 'party', type: 'noSuchParty', named: party, known: writers, path: 'party' })
  if (role === 'idp' || role === 'partner') return role
  const why =
    role === 'es'
      ? 'Elasticsearch is never made to misbehave by a fault, though its realm may be configured wrongly'
      : `an application writes no SAML, and [${party}] is one`
  throw new FaultMistake('party', `${why}; expected one of ${writers.join(', ')}`, { expected: writers, actual: party })
}
