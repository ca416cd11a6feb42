import type { FieldReader } from '#server/journal/match'
import type { KeptSeen, Seen, What } from '#server/journal/seen'
import type { RunningParties } from '../roles/running-parties.ts'
import { type DocumentFacts, factsIn, shortAlgorithm } from './document-facts.ts'
import type { JournalEntry } from './entry-schema.ts'
import { documentOf, queryOf } from './wire-document.ts'

/** How entries are shown to outsiders. */
export interface Describer extends FieldReader {
  describe(entry: KeptSeen): JournalEntry
  /** What a message says of itself beyond its entry. */
  isAsynchronous(entry: KeptSeen): boolean
}

type Field = keyof JournalEntry
type Readers = { readonly [Name in Field]: (entry: KeptSeen) => JournalEntry[Name] }
/** Undefined: the document must be asked. */
type InHand = { readonly [Name in Field]?: (entry: KeptSeen) => JournalEntry[Name] | undefined }

const messages: ReadonlySet<What> = new Set(['AuthnRequest', 'Response', 'LogoutRequest', 'LogoutResponse'])
const answers: ReadonlySet<What> = new Set(['Response', 'LogoutResponse'])
const naming: ReadonlySet<What> = new Set(['Response', 'LogoutRequest'])

const facts = new WeakMap<KeptSeen, DocumentFacts | 'unreadable'>()

/** What the document of an entry says, which is read once; undefined where there is none that can be read. */
function factsOf(entry: KeptSeen): DocumentFacts | undefined {
  const known = facts.get(entry)
  if (known !== undefined) return known === 'unreadable' ? undefined : known
  const document = messages.has(entry.what) ? documentOf(entry) : undefined
  const read = document === undefined ? undefined : factsIn(document)
  facts.set(entry, read ?? 'unreadable')
  return read
}

/** Shows the entries of a lab as the contract has them: the entity id of its IdP is `idp`, and what the writer had not in hand is read from the document. What cannot be read is null. */
export function createDescriber({ idp, partners }: Pick<RunningParties, 'idp' | 'partners'>): Describer {
  const named = (entityId: string): string => (entityId === idp?.entityId ? 'idp' : entityId)
  const ours = (party: string): string | undefined =>
    party === 'idp' ? 'idp' : partners.get(party)?.endpoints.entityId
  const known = inHandReaders(named, ours)
  const readers = allReaders(known, named)
  const fields = Object.entries(readers) as [Field, (entry: KeptSeen) => unknown][]
  return {
    inHand: (entry, field) => (Object.hasOwn(readers, field) ? known[field as Field]?.(entry) : null),
    read: (entry, field) => (Object.hasOwn(readers, field) ? readers[field as Field](entry) : null),
    describe: (entry) => Object.fromEntries(fields.map(([name, read]) => [name, read(entry)])) as JournalEntry,
    isAsynchronous: (entry) => factsOf(entry)?.isAsynchronous ?? false,
  }
}

/** What is in hand is shown; what only some messages say, the others are known not to say. */
function from<Name extends keyof Seen>(name: Name, kinds: ReadonlySet<What>) {
  return (entry: KeptSeen) => entry[name] ?? (kinds.has(entry.what) ? undefined : null)
}

function inHandReaders(named: (entityId: string) => string, ours: (party: string) => string | undefined): InHand {
  return {
    ...plainReaders,
    from: ({ what, direction, party, from: said }) => {
      if (said !== undefined) return named(said)
      return messages.has(what) ? (direction === 'sent' ? ours(party) : undefined) : null
    },
    to: ({ what, direction, party, to }) => {
      if (to !== undefined) return named(to)
      return messages.has(what) && direction === 'received' ? (ours(party) ?? null) : null
    },
    id: from('id', messages),
    inResponseTo: from('inResponseTo', answers),
    nameId: from('nameId', naming),
    sessionIndexes: ({ what, sessionIndexes }) => listed(sessionIndexes) ?? (naming.has(what) ? undefined : []),
    status: ({ what, status }) => listed(status) ?? (answers.has(what) ? undefined : []),
    document: ({ what, document }) => {
      if (typeof document === 'string') return document
      return document === undefined && !messages.has(what) ? null : undefined
    },
    signature: ({ what, signature }) => {
      if (signature?.algorithm !== undefined) return { ...signature, algorithm: shortAlgorithm(signature.algorithm) }
      if (messages.has(what)) return undefined
      return signature === undefined ? null : { ...signature, algorithm: null }
    },
  }
}

const listed = <T>(list: readonly T[] | undefined): T[] | undefined => list && [...list]

const plainReaders = {
  seq: ({ seq }) => seq,
  at: ({ at }) => instantOf(at),
  party: ({ party }) => party,
  clock: ({ clock }) => instantOf(clock),
  what: ({ what }) => what,
  direction: ({ direction }) => direction ?? null,
  binding: ({ binding }) => binding ?? null,
  user: ({ user }) => user ?? null,
  wire: ({ wire }) => (wire && { method: wire.method, url: wire.url, body: wire.body ?? null }) || null,
  accepted: ({ accepted }) => accepted ?? null,
  refusal: ({ refusal }) => (refusal === undefined ? null : withNulls(refusal)),
  minted: ({ minted }) => minted ?? false,
  faults: ({ faults }) => [...(faults ?? [])],
  notMade: ({ notMade }) => [...(notMade ?? [])],
  httpStatus: ({ httpStatus }) => httpStatus ?? null,
  endedBy: ({ endedBy }) => endedBy ?? null,
  count: ({ count }) => count ?? null,
  tokens: ({ tokens }) => [...(tokens ?? [])],
} satisfies Partial<Readers>

const withNulls = ({ code, message, expected = null, actual = null }: NonNullable<Seen['refusal']>) => ({
  code,
  message,
  expected,
  actual,
})

/** A clock may stand where no calendar reaches. */
function instantOf(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString()
}

function allReaders(known: InHand, named: (entityId: string) => string): Readers {
  const first = <Name extends Field>(name: Name, otherwise: (entry: KeptSeen) => JournalEntry[Name]) => {
    return (entry: KeptSeen): JournalEntry[Name] => {
      const value = known[name]?.(entry)
      return value === undefined ? otherwise(entry) : value
    }
  }
  return {
    ...plainReaders,
    from: first('from', (entry) => nameOf(factsOf(entry)?.issuer, named)),
    to: first('to', () => null),
    id: first('id', (entry) => factsOf(entry)?.id ?? null),
    inResponseTo: first('inResponseTo', (entry) => factsOf(entry)?.inResponseTo ?? null),
    nameId: first('nameId', (entry) => factsOf(entry)?.nameId ?? null),
    sessionIndexes: first('sessionIndexes', (entry) => [...(factsOf(entry)?.sessionIndexes ?? [])]),
    status: first('status', (entry) => [...(factsOf(entry)?.status ?? [])]),
    document: first('document', (entry) => documentOf(entry) ?? null),
    signature: first('signature', signatureOf),
  }
}

const nameOf = (issuer: string | undefined, named: (entityId: string) => string): string | null =>
  issuer === undefined ? null : named(issuer)

function signatureOf(entry: KeptSeen): JournalEntry['signature'] {
  const { what, signature, wire, binding } = entry
  if (!messages.has(what)) return null
  const read = factsOf(entry)
  const inQuery = wire === undefined || binding === 'post' || binding === 'soap' ? null : queryOf(wire).get('SigAlg')
  const algorithm = inQuery === null ? (read?.algorithm ?? null) : shortAlgorithm(inQuery)
  const isPlain = read !== undefined && !read.isSigned && algorithm === null
  return { state: signature?.state ?? (isPlain ? 'none' : 'notChecked'), algorithm }
}
