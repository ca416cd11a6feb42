import { isUtf8 } from 'node:buffer'
import { readBody } from '#server/read-body'
import { controlError } from './control-error.ts'
import type { Operation, Row, StreamedOperation } from './operation.ts'

const maxOctets = 1024 * 1024

const xmlTypes = ['application/samlmetadata+xml', 'application/xml']

/**
 * What a request says to an operation: its query, or its body. None is an empty object.
 * @throws ControlError invalid, notJson, tooLarge, unsupportedMediaType
 */
export async function readGiven(
  request: Request,
  { fromXml }: Pick<Operation | StreamedOperation, 'fromXml'>,
  { method }: Pick<Row, 'method'>,
): Promise<unknown> {
  const query = readQuery(new URL(request.url).searchParams)
  if (method === 'GET' || method === 'DELETE') return query
  const [stray] = Object.keys(query)
  if (stray !== undefined) {
    throw controlError('invalid', `${stray}: a ${method} says everything in its body, and nothing in its query`, {
      path: stray,
    })
  }
  const octets = await readBody(request, maxOctets)
  if (octets === 'too-large') throw controlError('tooLarge', 'the body has more than 1 MiB', { expected: maxOctets })
  if (octets === 'incomplete') throw controlError('invalid', 'the connection ended in the middle of the body')
  const mediaType = mediaTypeOf(request)
  if (octets.length === 0 && mediaType === '') return {}
  const taken = fromXml === undefined ? [] : xmlTypes
  if (mediaType !== 'application/json' && !taken.includes(mediaType)) throw wrongType(mediaType, taken)
  if (!isUtf8(octets)) throw controlError('notJson', 'the body is not UTF-8')
  const text = new TextDecoder().decode(octets)
  return fromXml !== undefined && mediaType !== 'application/json' ? fromXml(text) : parse(text)
}

function readQuery(parameters: URLSearchParams): Record<string, string> {
  const names = [...parameters.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw controlError('invalid', `${twice}: it stands twice in the query`, { path: twice })
  return Object.fromEntries(parameters)
}

function mediaTypeOf({ headers }: Request): string {
  const [mediaType = ''] = (headers.get('content-type') ?? '').split(';')
  return mediaType.trim().toLowerCase()
}

function wrongType(actual: string, alsoTaken: readonly string[]) {
  const expected = ['application/json', ...alsoTaken]
  return controlError('unsupportedMediaType', `the body is ${expected.join(' or ')}`, {
    expected,
    actual: actual.slice(0, 256),
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw controlError('notJson', `the body is not JSON: ${(error as Error).message.slice(0, 256)}`)
  }
}
