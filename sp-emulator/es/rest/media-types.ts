import type { Dialect } from '../dialect.ts'
import { ElasticsearchError, type ErrorCause } from '../elasticsearch-error.ts'

type HeaderName = 'Accept' | 'Content-Type'

interface MediaType {
  readonly name: string
  /** The N of `compatible-with=N`. */
  readonly version: number | undefined
}

const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/
const parameter = /^([!#$%&'*+.^_`|~0-9a-z-]+)=("?)([^\s"]*)\2$/

/** The formats a node speaks, and the forms a browser can send across origins, which it must recognise to refuse (spec §1.1). */
const known: ReadonlySet<string> = new Set([
  'application/json',
  'application/*',
  'application/x-ndjson',
  'application/yaml',
  'application/cbor',
  'application/smile',
  'application/vnd.elasticsearch+json',
  'application/vnd.elasticsearch+x-ndjson',
  'application/vnd.elasticsearch+yaml',
  'application/vnd.elasticsearch+cbor',
  'application/vnd.elasticsearch+smile',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
  'text/csv',
])

const json: ReadonlySet<string> = new Set(['application/json', 'application/vnd.elasticsearch+json'])

export interface MediaTypes {
  /** The N of `compatible-with=N`, when the caller asked for one. */
  readonly version: number | undefined
  /** The content type of the answer. */
  readonly answersWith: string
  /** Whether the body claims to be JSON. */
  readonly bodyIsJson: boolean
}

/** Reads both headers as a node of this version does (spec §1.4). @throws ElasticsearchError 400 media_type_header_exception */
export function readMediaTypes(headers: Headers, hasBody: boolean, dialect: Dialect): MediaTypes {
  if (dialect.mediaTypes === 'plain') return readPlainTypes(headers, dialect)
  const accept = readHeader('Accept', headers, dialect)
  const content = readHeader('Content-Type', headers, dialect)
  if (hasBody && accept?.version !== content?.version) throw versionsDiffer(headers)
  const version = accept?.name === 'application/vnd.elasticsearch+json' ? accept.version : undefined
  return {
    version: accept?.version ?? content?.version,
    answersWith:
      version === undefined ? dialect.jsonContentType : `application/vnd.elasticsearch+json;compatible-with=${version}`,
    bodyIsJson: content !== undefined && json.has(content.name),
  }
}

/** Before versions could be asked for there was only one JSON, and an Accept that nobody understood was passed over. */
function readPlainTypes(headers: Headers, { jsonContentType }: Dialect): MediaTypes {
  const content = parseMediaType(headers.get('Content-Type') ?? '')
  return { version: undefined, answersWith: jsonContentType, bodyIsJson: content?.name === 'application/json' }
}

function readHeader(name: HeaderName, headers: Headers, dialect: Dialect): MediaType | undefined {
  const raw = headers.get(name)
  // Several media types, or any: a node does not choose, it answers in JSON.
  if (raw === null || raw.includes(',') || raw.trim() === '*/*') return undefined
  const mediaType = parseMediaType(raw)
  if (mediaType === undefined || !known.has(mediaType.name)) {
    throw invalidHeader([name], { type: 'illegal_argument_exception', reason: `invalid media-type [${raw}]` })
  }
  const { version } = mediaType
  if (version !== undefined && version !== dialect.major && version !== dialect.major - 1) {
    const reason = `${name} version must be either version ${dialect.major} or ${dialect.major - 1}, but found ${version}. ${name}=${raw}`
    throw invalidHeader([name], { type: 'status_exception', reason })
  }
  return mediaType
}

function parseMediaType(raw: string): MediaType | undefined {
  const [name = '', ...parameters] = raw
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const [type = '', subtype = '', ...rest] = name.split('/')
  if (rest.length > 0 || !token.test(type) || !token.test(subtype)) return undefined
  let version: number | undefined
  for (const text of parameters) {
    const [, key, , value = ''] = parameter.exec(text) ?? []
    if (key === undefined) return undefined
    if (key === 'compatible-with' && !/^\d{1,4}$/.test(value)) return undefined
    if (key === 'compatible-with') version = Number(value)
  }
  return { name, version }
}

function versionsDiffer(headers: Headers): ElasticsearchError {
  const [accept, contentType] = [headers.get('Accept'), headers.get('Content-Type')]
  const reason =
    'A compatible version is required on both Content-Type and Accept headers if either one has requested a compatible version ' +
    `and the compatible versions must match. Accept=${accept}, Content-Type=${contentType}`
  return invalidHeader(['Accept', 'Content-Type'], { type: 'status_exception', reason })
}

function invalidHeader(names: readonly HeaderName[], causedBy: ErrorCause): ElasticsearchError {
  const reason = `Invalid media-type value on headers [${names.join(', ')}]`
  return new ElasticsearchError({ status: 400, type: 'media_type_header_exception', reason, causedBy })
}
