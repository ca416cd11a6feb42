import type { JournalEntry } from './entry-schema.ts'
import { exchangesIn } from './exchanges.ts'

type Pair = { readonly name: string; readonly value: string }

/** Messages and calls as a HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), each once and without cookies and header fields, which are nowhere kept. */
export function toHar(entries: readonly JournalEntry[]): string {
  const creator = { name: 'sloop', version: '1' }
  const written = exchangesIn(entries).flatMap(({ first, received }) => harEntry(first, received ?? first))
  return JSON.stringify({ log: { version: '1.2', creator, pages: [], entries: written } })
}

function harEntry(entry: JournalEntry, judged: JournalEntry): object[] {
  if (entry.wire === null) return []
  const { method, url } = entry.wire
  // The SAML in a call stands in the entry of its message: nobody is to read it twice.
  const body = entry.what === 'call' ? null : entry.wire.body
  const request = {
    ...{ method, url, httpVersion: 'HTTP/1.1', cookies: [], headers: [] },
    queryString: pairsIn(url.includes('?') ? url.slice(url.indexOf('?') + 1) : ''),
    ...(body !== null && { postData: postDataOf(entry, body) }),
    headersSize: -1,
    bodySize: body === null ? 0 : Buffer.byteLength(body),
  }
  const timings = { send: 0, wait: 0, receive: 0 }
  return [
    {
      startedDateTime: entry.at,
      time: 0,
      request,
      response: responseTo(judged),
      cache: {},
      timings,
      comment: comment(judged),
    },
  ]
}

/** How a message was answered is not kept: its status is 0, which is what a HAR says of what is not known. */
function responseTo({ httpStatus }: JournalEntry) {
  const content = { size: 0, mimeType: 'x-unknown' }
  const nothing = { httpVersion: 'HTTP/1.1', cookies: [], headers: [], content, redirectURL: '' }
  return { status: httpStatus ?? 0, statusText: '', ...nothing, headersSize: -1, bodySize: -1 }
}

function postDataOf({ binding }: JournalEntry, text: string) {
  if (binding === 'soap') return { mimeType: 'text/xml', params: [], text }
  return { mimeType: 'application/x-www-form-urlencoded', params: pairsIn(text), text }
}

const pairsIn = (text: string): Pair[] => [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }))

function comment({ seq, what, from, to, refusal }: JournalEntry): string {
  const way = `${what} from ${from ?? 'somebody'} to ${to ?? 'somebody'}`
  return `${seq}: ${way}${refusal === null ? '' : `, refused: ${refusal.code} ${refusal.message}`}`
}
