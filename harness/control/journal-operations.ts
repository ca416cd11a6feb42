import { z } from 'zod'
import { matcher } from '#server/journal/match'
import { type NearEntry, nearestEntries } from '#server/journal/nearest-entries'
import type { KeptSeen } from '#server/journal/seen'
import { inWords, whyNotVerified } from '#server/journal/verify'
import { type Waited, waitFor as waitForEntry } from '#server/journal/wait-for'
import { createDescriber, type Describer } from '../journal/describe-entry.ts'
import { entrySchema, type JournalEntry } from '../journal/entry-schema.ts'
import { toHar } from '../journal/to-har.ts'
import { toJsonLines } from '../journal/to-lines.ts'
import { toMermaid } from '../journal/to-mermaid.ts'
import { whyNotAnswered } from '../journal/unanswered-requests.ts'
import { type ControlError, controlError } from './control-error.ts'
import { readSchema, verifySchema, waitSchema } from './journal-schema.ts'
import { asked, operation } from './operation.ts'
import { nothing } from './shapes.ts'

export const readJournal = operation({
  request: readSchema,
  answer: z.object({ entries: z.array(entrySchema), next: z.number() }),
  also: {
    'application/x-ndjson': ({ entries }) => toJsonLines(entries),
    'application/har+json': ({ entries }) => toHar(entries),
    'text/vnd.mermaid': ({ entries }) => toMermaid(entries),
  },
  run: async (parties, { given: { after, limit, ...match } }) => {
    const { journal } = parties
    const describer = createDescriber(parties)
    const found = journal.since(after).filter(matcher(match, describer))
    const chosen = after === undefined ? found.slice(-limit) : found.slice(0, limit)
    const isAll = after === undefined || chosen.length === found.length
    const next = isAll ? Math.max(journal.last, after ?? 0) : (chosen.at(-1)?.seq ?? journal.last)
    return asked({ entries: await described(chosen, describer), next })
  },
})

/** So many at a time that whoever else is served in between hardly notices. */
const atOnce = 100

export async function described(entries: readonly KeptSeen[], { describe }: Describer): Promise<JournalEntry[]> {
  const all: JournalEntry[] = []
  for (const entry of entries) {
    all.push(describe(entry))
    if (all.length % atOnce === 0) await new Promise(setImmediate)
  }
  return all
}

export const readEntry = operation({
  request: nothing,
  answer: entrySchema,
  run: async (parties, { key }) => {
    const { journal } = parties
    const entry = /^\d{1,15}$/.test(key) ? journal.get(Number(key)) : undefined
    if (entry !== undefined) return asked(createDescriber(parties).describe(entry))
    const [first] = journal.since()
    const there = first === undefined ? 'there is none yet' : `there are ${first.seq} to ${journal.last}`
    const expected = first === undefined ? [] : [first.seq, journal.last]
    const actual = key.slice(0, 256)
    throw controlError('noSuchEntry', `there is no entry [${actual}], ${there}`, { path: 'seq', expected, actual })
  },
})

export const waitFor = operation({
  request: waitSchema,
  example: { match: { what: 'LogoutResponse', party: 'idp' }, timeoutMs: 5000 },
  answer: z.object({ entry: entrySchema }),
  run: async (parties, { given: { match, timeoutMs, after }, signal }) => {
    const describer = createDescriber(parties)
    const waited = await waitForEntry(parties.journal, { isMeant: matcher(match, describer), after, timeoutMs, signal })
    if (waited.kind === 'found') return asked({ entry: describer.describe(waited.entry) })
    if (waited.kind !== 'timedOut') throw ended(waited.kind, inWords(match))
    const nearest = shown(nearestEntries(match, parties.journal.since(after), describer), describer)
    const message = `no entry came within ${timeoutMs} ms that is ${inWords(match)}${differing(nearest)}`
    throw controlError('timeout', message, { expected: match, nearest })
  },
})

const ends: Readonly<Record<Exclude<Waited['kind'], 'found' | 'timedOut'>, string>> = {
  reset: 'the journal was reset',
  closed: 'the lab was closed',
  givenUp: 'the caller went away',
}

const ended = (kind: keyof typeof ends, meant: string): ControlError =>
  controlError('ended', `${ends[kind]} while this waited for ${meant}`)

export const verify = operation({
  request: verifySchema,
  example: { everyRequestAnswered: true },
  answer: z.object({ holds: z.literal(true) }),
  run: async (parties, { given: { match, count, atLeast, atMost, inOrder, after } }) => {
    const describer = createDescriber(parties)
    const entries = parties.journal.since(after)
    const least = count ?? atLeast ?? (atMost === undefined ? 1 : 0)
    const expectation = match === undefined ? { inOrder } : { match, atLeast: least, atMost: count ?? atMost }
    const why = isAbout(expectation)
      ? whyNotVerified(expectation, entries, describer)
      : whyNotAnswered(entries, describer)
    if (why === undefined) return asked({ holds: true as const })
    const { message, expected, actual } = why
    const nearest = shown(why.nearest, describer)
    throw controlError('notVerified', `${message}${differing(nearest)}`, { expected, actual, nearest })
  },
})

type Expectation = Parameters<typeof whyNotVerified>[0]

const isAbout = (given: object): given is Expectation =>
  'match' in given || ('inOrder' in given && given.inOrder !== undefined)

interface Shown {
  readonly entry: JournalEntry
  readonly differsIn: readonly string[]
}

const shown = (nearest: readonly NearEntry[], { describe }: Describer): Shown[] =>
  nearest.map(({ entry, differsIn }) => ({ entry: describe(entry), differsIn }))

/** What came instead, in a sentence. */
function differing([first]: readonly Shown[]): string {
  if (first === undefined) return '; there is no other entry'
  const { entry, differsIn } = first
  const actual = Object.fromEntries(differsIn.map((field) => [field, entry[field as keyof JournalEntry]]))
  const says = JSON.stringify(actual)
  return differsIn.length === 0 ? '' : `; nearest is entry ${entry.seq}, where ${says.slice(0, 512)}`
}
