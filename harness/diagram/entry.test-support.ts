import type { JournalEntry } from '../journal/entry-schema.ts'

const nothing: JournalEntry = {
  seq: 1,
  at: '2031-05-04T12:00:00.000Z',
  party: 'idp',
  clock: '2031-05-04T12:00:00.000Z',
  what: 'LogoutRequest',
  direction: null,
  from: null,
  to: null,
  binding: null,
  id: null,
  inResponseTo: null,
  user: null,
  nameId: null,
  sessionIndexes: [],
  status: [],
  wire: null,
  document: null,
  signature: null,
  accepted: null,
  refusal: null,
  minted: false,
  faults: [],
  notMade: [],
  httpStatus: null,
  endedBy: null,
  count: null,
  tokens: [],
}

/** Entries of a journal, numbered from one. */
export const entriesOf = (...given: readonly Partial<JournalEntry>[]): JournalEntry[] =>
  given.map((each, index) => ({ ...nothing, seq: index + 1, ...each }))

export const participants = [
  { name: 'idp', role: 'idp', entityIds: [] },
  { name: 'es', role: 'es', entityIds: [] },
  { name: 'app', role: 'app', entityIds: ['urn:app'] },
  { name: 'wiki', role: 'partner', entityIds: ['urn:wiki'] },
] as const

/** A LogoutRequest as the IdP sent it. */
export const sent = {
  direction: 'sent',
  from: 'idp',
  to: 'urn:app',
  id: '_1',
  binding: 'redirect',
  user: 'alice',
} as const satisfies Partial<JournalEntry>

/** The same as the realm read it. */
export const received = { ...sent, party: 'es', direction: 'received', user: null } as const
