import { request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Head } from './split-target.ts'

/** An answer under way. */
export type Answering = IncomingMessage

interface Way {
  readonly place: { readonly host: string; readonly port: number }
  /** Aborted when nobody waits for an answer any more. */
  readonly closed: AbortSignal
}

/** Brings a request with a known body to a party, whether or not its caller still waits. @throws Error when the party does not answer */
export function deliver(head: Head, { body, ...way }: Way & { readonly body: Buffer }): Promise<Answering> {
  const asked = begin(head, way)
  asked.end(body.length === 0 ? undefined : body)
  return answerOf(asked)
}

interface Streamed extends Way {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Brings a request to a party as it comes, and takes it back when its caller leaves. @throws Error when the party does not answer */
export function passOn(head: Head, { request, response, ...way }: Streamed): Promise<Answering> {
  const asked = begin(head, way)
  response.once('close', () => asked.destroy())
  const answer = answerOf(asked)
  // A party may answer before it has read everything, and reads no more then: whether there is an answer is what counts.
  pipeline(request, asked).catch(() => undefined)
  return answer
}

/** Octets. A Redirect-bound message travels in a `Location`, where Node's 16 KiB may be too little. */
const longestAnswerHead = 64 * 1024

function begin({ method, target, headers }: Head, { place, closed }: Way): ClientRequest {
  const { host, port } = place
  // A connection of its own for each: one that is kept for the next may be closed by the party meanwhile.
  const connection = { agent: false, signal: closed, maxHeaderSize: longestAnswerHead }
  const hasHost = headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'host')
  // Only HTTP/1.0 may leave it out, and what is passed on is HTTP/1.1.
  const lines = hasHost ? [...headers] : [...headers, 'Host', `${host}:${port}`]
  return ask({ ...connection, host, port, method, path: target, headers: lines })
}

const answerOf = (asked: ClientRequest): Promise<Answering> =>
  new Promise((resolve, reject) => {
    asked.once('response', resolve)
    asked.on('error', reject)
  })
