import type { PartyJournal } from '#server/journal/party-journal'
import type { MadeCall } from './elasticsearch-client.ts'

/** Writes down each call of an application to Elasticsearch: its first line without the query, and how it was answered. */
export function noteCalls(journal: PartyJournal, name: string): (call: MadeCall) => void {
  return ({ method, path, status, failure }) => {
    journal.note({
      what: 'call',
      direction: 'sent',
      from: name,
      to: 'es',
      wire: { method, url: path },
      httpStatus: status,
      accepted: failure === undefined,
      refusal: failure && { code: failure.name, message: failure.message },
    })
  }
}
