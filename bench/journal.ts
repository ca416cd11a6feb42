import { systemClock } from '#server/clock'
import { createJournal, type Journal } from '#server/journal/journal'
import { matcher } from '#server/journal/match'
import { nearestEntries } from '#server/journal/nearest-entries'
import type { PartyJournal } from '#server/journal/party-journal'
import type { Seen } from '#server/journal/seen'
import { createDescriber } from '../harness/journal/describe-entry.ts'
import { invalidateByRest } from './contenders.ts'
import { type Contender, measure, type Timings } from './measure.ts'
import { startBenchNode } from './node.ts'
import { makeLogoutQuery, type Parties, spUrl } from './parties.ts'
import type { Row } from './table.ts'

const subscribers = 100
const searched = 100_000

/** What an invalidate of our node sees: a message read, tokens ended, an answer written, and the call. */
function noteInvalidate(party: PartyJournal, url: string): void {
  const wire = { method: 'GET', url }
  party.note({ what: 'LogoutRequest', direction: 'received', binding: 'redirect', id: '_1', wire, accepted: true })
  party.note({ what: 'tokensEnded', endedBy: 'invalidate', count: 1 })
  party.note({ what: 'LogoutResponse', direction: 'sent', binding: 'redirect', id: '_2', inResponseTo: '_1', wire })
  party.note({ what: 'call', direction: 'received', httpStatus: 200 })
}

/** The journal beside what it must not slow down: with and without, in turn in one run. */
export async function journalRows(parties: Parties): Promise<Row[]> {
  const { idp } = parties
  const query = await makeLogoutQuery(idp, { now: systemClock.now(), sessionIndex: '_s' })
  const url = `${spUrl}/logout?${query}`
  const [quiet, followed] = [createJournal(), createJournal()]
  const stop = await followBy(subscribers, followed)
  const timings = await measure([
    invalidateByRest('without', startBenchNode(parties)),
    noting('with', { parties, journal: quiet, url }),
    noting('followed', { parties, journal: followed, url }),
  ])
  stop()
  const within = { unit: '×', most: 1.05 }
  return [
    { what: 'the journal, beside an invalidate' },
    { what: '  four entries of each against none', value: ratio(timings, 'with', 'without'), ...within },
    {
      what: `  with ${subscribers} live subscribers against none`,
      value: ratio(timings, 'followed', 'with'),
      ...within,
    },
    ...searchRows(),
  ]
}

function noting(name: string, given: { parties: Parties; journal: Journal; url: string }): Contender {
  const party = given.journal.of('es', systemClock)
  const contender = invalidateByRest(name, startBenchNode(given.parties))
  return {
    ...contender,
    run: async () => {
      await contender.run()
      noteInvalidate(party, given.url)
    },
  }
}

/** Readers who read whatever comes, through the control API and without a socket. */
async function followBy(count: number, journal: Journal): Promise<() => void> {
  const { streamJournal } = await import('../harness/control/journal-stream.ts')
  const { answerEvents } = await import('../harness/control/answer-events.ts')
  const parties = { journal, partners: new Map() } as unknown as Parameters<typeof streamJournal.open>[0]
  const readers = Array.from({ length: count }, () =>
    answerEvents(streamJournal.open(parties, { key: '', given: { after: undefined } })).body?.getReader(),
  )
  for (const reader of readers) void readAll(reader)
  return () => journal.close()
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  while ((await reader?.read())?.done === false);
}

function searchRows(): Row[] {
  const journal = createJournal({ entries: searched, octets: Number.POSITIVE_INFINITY })
  const party = journal.of('idp', systemClock)
  for (let each = 0; each < searched; each += 1) party.note(seen(each))
  const describer = createDescriber({ partners: new Map() })
  const match = { what: 'LogoutResponse', inResponseTo: '_none', user: 'alice', refusal: { code: 'SAML_EXPIRED' } }
  const find = () => journal.since().find(matcher(match, describer))
  const near = () => nearestEntries(match, journal.since(), describer)
  return [
    { what: `searching ${searched} entries` },
    { what: '  for what is not there', value: timeOf(find), unit: 'ms', most: 50 },
    { what: '  for the three nearest', value: timeOf(near), unit: 'ms', most: 50 },
  ]
}

function seen(each: number): Seen {
  const id = `_${each}`
  const common = {
    from: 'urn:idp',
    to: spUrl,
    id,
    user: each % 2 === 0 ? 'alice' : 'bob',
    binding: 'redirect',
  } as const
  return each % 3 === 0
    ? { what: 'LogoutRequest', direction: 'sent', ...common }
    : { what: 'LogoutResponse', direction: 'received', inResponseTo: `_${each - 1}`, accepted: true, ...common }
}

/** The fastest of a few, in milliseconds. */
function timeOf(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  return Math.min(...times)
}

function ratio(timings: Timings, over: string, under: string): number {
  return (timings.get(over) ?? Number.NaN) / (timings.get(under) ?? Number.NaN)
}
