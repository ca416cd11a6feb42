import type { Row } from './operation.ts'

/** The operations on the journal: rows of the table. */
export const journalRows = {
  readJournal: {
    method: 'GET',
    path: '/journal',
    library: 'journal.read',
    says: 'Reads what was seen, oldest first: the newest entries, or those behind one. Also as JSON lines, HAR or Mermaid, by Accept.',
    load: async () => (await import('./journal-operations.ts')).readJournal,
  },
  streamJournal: {
    method: 'GET',
    path: '/journal/stream',
    library: 'journal.stream',
    says: 'Streams entries as they come, as Server-Sent Events: from the next one on, or behind the one that after or Last-Event-ID names.',
    streams: true,
    load: async () => (await import('./journal-stream.ts')).streamJournal,
  },
  readEntry: {
    method: 'GET',
    path: '/journal/{seq}',
    library: 'journal.entry',
    says: 'Reads one entry, by the number that log lines name.',
    load: async () => (await import('./journal-operations.ts')).readEntry,
  },
  waitFor: {
    method: 'POST',
    path: '/journal/wait',
    library: 'journal.waitFor',
    says: 'Waits for the first entry that matches, those already there included; when none comes in time, tells the nearest.',
    waits: 'timeoutMs',
    load: async () => (await import('./journal-operations.ts')).waitFor,
  },
  verify: {
    method: 'POST',
    path: '/journal/verify',
    library: 'journal.verify',
    says: 'Verifies how many entries match, that some came in an order, or that every request was answered.',
    load: async () => (await import('./journal-operations.ts')).verify,
  },
} as const satisfies Readonly<Record<string, Row>>
