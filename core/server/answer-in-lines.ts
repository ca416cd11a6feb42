import type { ServerResponse } from 'node:http'
import { alreadySent } from './already-sent.ts'

/** A header may occur several times. */
export type HeaderLine = readonly [name: string, value: string]

interface AnswerHead {
  readonly status: number
  readonly headers: readonly HeaderLine[]
}

/**
 * An answer in text each of whose headers is a line of its own, written to the socket of the request, which saves half of the time that a small answer takes;
 * a `Response` where there is no socket. `Headers` joins what has one name with commas, which means the same (RFC 9110 §5.3) and is not the same: some
 * clients do not find the second challenge of a `WWW-Authenticate`.
 */
export function answerInLines(text: string | null, { status, headers }: AnswerHead, env: unknown): Response {
  const { outgoing } = (env ?? {}) as { readonly outgoing?: ServerResponse }
  if (outgoing === undefined) return new Response(text, { status, headers: headers as [string, string][] })
  // In octets: of a text Node would write the headers in UTF-8, too.
  const body = text === null ? undefined : Buffer.from(text)
  const all = body === undefined ? headers : [...headers, ['content-length', String(body.length)]]
  outgoing.writeHead(status, all.flat()).end(body)
  return alreadySent()
}
