import type { ServerResponse } from 'node:http'

const linesOf = new WeakMap<Response, ReadonlyMap<string, readonly string[]>>()

/**
 * A response each of whose headers is a line of its own over a socket. `Headers` joins what has one name with commas, which means the same
 * (RFC 9110 §5.3) and is not the same: some clients do not find the second challenge of a `WWW-Authenticate`.
 */
export function withHeaderLines(
  body: BodyInit | null,
  init: { status: number; headers: [string, string][] },
): Response {
  const response = new Response(body, init)
  const lines = new Map<string, string[]>()
  for (const [name, value] of init.headers) lines.set(name, [...(lines.get(name) ?? []), value])
  for (const [name, values] of lines) if (values.length === 1) lines.delete(name)
  if (lines.size > 0) linesOf.set(response, lines)
  return response
}

/** Hands the headers that have several lines from the response to the socket. */
export function writeHeaderLines(response: Response, outgoing: ServerResponse): void {
  for (const [name, values] of linesOf.get(response) ?? []) {
    outgoing.setHeader(name, values)
    response.headers.delete(name)
  }
}
