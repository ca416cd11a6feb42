import { afterAll, beforeEach } from 'vitest'
import type { Seen } from '#server/journal/seen'
import { listen } from '#server/serve'
import { connect } from './connect.ts'
import { controlledIdp } from './control.test-support.ts'
import { controlInProcess } from './in-process.ts'

/** An IdP whose journal a test writes into, called in process and over HTTP. */
export async function journalScene() {
  const { parties, fetch, idp } = await controlledIdp({ admission: { hostnames: new Set(['localhost']) } })
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 100 })
  listener.mount(fetch)
  const url = listener.origin('127.0.0.1')
  const ways = [
    ['in process', controlInProcess(parties)],
    ['over HTTP', connect(url)],
  ] as const
  afterAll(() => {
    parties.journal.close()
    return listener.close()
  })
  beforeEach(() => parties.journal.reset())
  const journalOf = (party: string) => parties.journal.of(party, parties.clocks.get('idp'))
  const note = (seen: Seen, party = 'idp'): number => journalOf(party).note(seen)
  return { parties, ways, url, note, idp }
}

export const request = {
  what: 'LogoutRequest',
  direction: 'sent',
  from: 'http://idp.localhost:7070/metadata',
  to: 'urn:one',
  binding: 'redirect',
  id: '_1',
  user: 'alice',
  nameId: 'n',
  sessionIndexes: ['_s'],
  wire: { method: 'GET', url: 'http://sp.test/slo?SAMLRequest=x' },
  document: '<x/>',
} as const satisfies Seen
