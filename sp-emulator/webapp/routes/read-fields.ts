import { readBody } from '#server/read-body'
import { badRequest, WebAppError } from '../web-app-error.ts'

/** Kibana's limit for a request body. */
const maxBodyOctets = 1024 * 1024

/** The values that a body has for a name: several when a form repeats it, none when it lacks it. */
export type Fields = (name: string) => readonly unknown[]

/**
 * Reads a form or a JSON object. A body of any other kind has no fields.
 *
 * @throws WebAppError (400, 413) when it is no JSON although it says so, or too large
 */
export async function readFields(request: Request): Promise<Fields> {
  const octets = await readBody(request, maxBodyOctets)
  if (octets === 'too-large') throw tooLarge()
  if (octets === 'incomplete') throw badRequest('The connection ended in the middle of the body.')
  const body = octets.toString()
  switch (contentType(request)) {
    case 'application/json':
      return jsonFields(body)
    case 'application/x-www-form-urlencoded':
      return (name) => new URLSearchParams(body).getAll(name)
    default:
      return () => []
  }
}

/** Claims that the body is JSON, as scripts send it and forms cannot. */
export const isJson = (request: Request): boolean => contentType(request) === 'application/json'

function contentType(request: Request): string | undefined {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
}

function jsonFields(body: string): Fields {
  try {
    const members = membersOf(JSON.parse(body))
    return (name) => (members.has(name) ? [members.get(name)] : [])
  } catch (cause) {
    throw badRequest('The body is not JSON.', { cause })
  }
}

/** The members of a JSON object, and none of what JavaScript adds to it; those of any other value are none. */
export function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

function tooLarge(): WebAppError {
  const answer = { code: 'TOO_LARGE', status: 413, headline: 'Payload Too Large' } as const
  return new WebAppError(answer, 'The request is larger than one megabyte.')
}
