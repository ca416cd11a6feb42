import { readBody } from '#server/read-body'
import { WebAppError } from '../web-app-error.ts'

/** Kibana's limit for a request body. */
const maxBodyOctets = 1024 * 1024

/**
 * Reads the field `SAMLResponse` of a form or a JSON body. Other fields do not matter.
 *
 * @throws WebAppError (400, 413) when there is not exactly one, or too much of it
 */
export async function readSamlResponse(request: Request): Promise<string> {
  const octets = await readBody(request, maxBodyOctets)
  if (octets === 'too-large') throw tooLarge()
  const body = octets.toString()
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const samlResponse = type === 'application/json' ? jsonField(body) : formField(body, type)
  if (typeof samlResponse === 'string' && samlResponse !== '') return samlResponse
  throw badRequest('The request has no SAMLResponse.')
}

function formField(body: string, type: string | undefined): unknown {
  if (type !== 'application/x-www-form-urlencoded') return undefined
  const [value, ...others] = new URLSearchParams(body).getAll('SAMLResponse')
  if (others.length > 0) throw badRequest('The request has more than one SAMLResponse.')
  return value
}

function jsonField(body: string): unknown {
  try {
    const fields: unknown = JSON.parse(body)
    return typeof fields === 'object' && fields !== null && 'SAMLResponse' in fields ? fields.SAMLResponse : undefined
  } catch (cause) {
    throw badRequest('The body is not JSON.', cause)
  }
}

function badRequest(message: string, cause?: unknown): WebAppError {
  return new WebAppError({ status: 400, headline: 'Bad Request' }, message, { cause })
}

function tooLarge(): WebAppError {
  return new WebAppError({ status: 413, headline: 'Payload Too Large' }, 'The request is larger than one megabyte.')
}
