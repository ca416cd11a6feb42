import type { Node } from 'jsonc-parser'
import { similarOnes } from '#server/config'
import { ElasticsearchError, type ErrorCause } from '../elasticsearch-error.ts'
import {
  type JsonObject,
  type JsonProperty,
  jsonValue,
  locate,
  parseFailure,
  readJsonObject,
  tokenName,
} from './json-object.ts'

/** What a field may hold; `null` in a name says that null is allowed and means the same as absent. */
type FieldKind = keyof FieldValues

interface FieldValues {
  readonly text: string
  readonly 'text-or-null': string
  readonly texts: readonly string[]
  readonly 'texts-or-null': readonly string[]
  readonly flag: boolean
  readonly object: Readonly<Record<string, unknown>>
  readonly any: unknown
}

export type ParsedBody<F extends Record<string, FieldKind>> = { readonly [N in keyof F]?: FieldValues[F[N]] }

/** An old name of a field; `exclusive` when the new one may not stand beside it. */
interface DeprecatedName {
  readonly use: string
  readonly exclusive: boolean
}

interface ObjectParserOptions<F extends Record<string, FieldKind>> {
  /** The name that a node's messages give to this parser (spec §1.2). */
  readonly name: string
  readonly fields: F
  readonly deprecated?: Readonly<Record<string, DeprecatedName>>
}

/** Reads a body; `warn` gets the text of a deprecation. */
type BodyParser<F extends Record<string, FieldKind>> = (
  body: Buffer | undefined,
  warn: (text: string) => void,
) => ParsedBody<F>

/** A strict reader of one call's body, in the way and the words of Elasticsearch's ObjectParser (spec §1.2). */
export function objectParser<const F extends Record<string, FieldKind>>(
  options: ObjectParserOptions<F>,
): BodyParser<F> {
  const { name, deprecated = {} } = options
  const kinds = new Map<string, FieldKind>(Object.entries(options.fields))
  const oldNames = new Map(Object.entries(deprecated))
  const knownNames = [...kinds.keys(), ...oldNames.keys()]

  return function parseBody(body, warn) {
    if (body === undefined) throw bodyRequired()
    const document = readJsonObject(body, name)
    const values = new Map<string, unknown>()
    for (const property of document.properties) {
      const old = oldNames.get(property.name)
      const field = old?.use ?? property.name
      const kind = kinds.get(field)
      if (kind === undefined) throw unknownField({ document, property, parser: name, knownNames })
      if (old !== undefined) warn(deprecationText(name, document, property, field))
      const value = readValue(kind, { document, property, parser: name })
      if (value === null) continue
      if (values.has(field)) refuseSecondName({ document, property, parser: name }, field, oldNames)
      values.set(field, value)
    }
    return Object.fromEntries(values) as ParsedBody<F>
  }
}

interface Place {
  readonly document: JsonObject
  readonly property: JsonProperty
  readonly parser: string
}

function readValue(kind: FieldKind, place: Place): unknown {
  const { value } = place.property
  if (kind === 'flag' || kind === 'object' || kind === 'any') return readPlain(kind, place)
  const isList = kind === 'texts' || kind === 'texts-or-null'
  if (value.type === 'string') return isList ? [String(value.value)] : String(value.value)
  if (value.type === 'null' && (kind === 'text-or-null' || kind === 'texts-or-null')) return null
  if (value.type === 'array' && isList) return (value.children ?? []).map((item) => readItem(item, place))
  throw wrongType(place)
}

function readPlain(kind: 'flag' | 'object' | 'any', place: Place): unknown {
  const { property, document } = place
  const { value } = property
  if (kind === 'flag' && (value.value === 'true' || value.value === 'false')) return value.value === 'true'
  if (kind === 'any' || value.type === (kind === 'flag' ? 'boolean' : 'object')) return jsonValue(value, document.text)
  throw wrongType(place)
}

function wrongType({ document, property, parser }: Place): ElasticsearchError {
  const message = `[${parser}] ${property.name} doesn't support values of type: ${tokenName(property.value)}`
  return parseFailure(document.text, property.value.offset, message)
}

/** Scalars in a list are taken by their text, as a node's parser does. */
function readItem(item: Node, place: Place): string {
  if (item.type === 'string' || item.type === 'number' || item.type === 'boolean') return String(item.value)
  const at = locate(place.document.text, item.offset)
  const reason = `Expected text at ${at} but found ${tokenName(item)}`
  throw fieldFailure(place, item.offset, { type: 'illegal_argument_exception', reason })
}

function refuseSecondName(place: Place, field: string, oldNames: ReadonlyMap<string, DeprecatedName>): void {
  for (const [oldName, { use, exclusive }] of oldNames) {
    if (use !== field || !exclusive) continue
    const reason = `Must use either [${field}] or [${oldName}], not both at the same time`
    throw fieldFailure(place, place.property.value.offset, { type: 'illegal_argument_exception', reason })
  }
}

function fieldFailure({ document, property, parser }: Place, offset: number, causedBy: ErrorCause): ElasticsearchError {
  return parseFailure(document.text, offset, `[${parser}] failed to parse field [${property.name}]`, { causedBy })
}

function unknownField(place: Place & { knownNames: readonly string[] }): ElasticsearchError {
  const { document, property, parser, knownNames } = place
  const message = `[${parser}] unknown field [${property.name}]${didYouMean(property.name, knownNames)}`
  const bodyFault = { kind: 'unknown-field', parser, field: property.name } as const
  return parseFailure(document.text, property.nameOffset, message, { bodyFault })
}

/** The suggestion of Elasticsearch's SuggestingErrorOnUnknown; empty when nothing comes close. */
export function didYouMean(word: string, known: readonly string[]): string {
  const [best, ...others] = similarOnes(word, known)
  if (best === undefined) return ''
  return others.length === 0 ? ` did you mean [${best}]?` : ` did you mean any of [${[best, ...others].join(', ')}]?`
}

function deprecationText(
  parser: string,
  { text }: JsonObject,
  { name, nameOffset }: JsonProperty,
  use: string,
): string {
  return `[${parser}][${locate(text, nameOffset)}] Deprecated field [${name}] used, expected [${use}] instead`
}

/** Reads a body whose fields a hand-written parser of a node takes one by one. */
export function readFields(body: Buffer | undefined, parser: string): Readonly<Record<string, unknown>> {
  if (body === undefined) throw bodyRequired()
  const { text, properties } = readJsonObject(body, parser)
  return Object.fromEntries(properties.map(({ name, value }) => [name, jsonValue(value, text)]))
}

function bodyRequired(): ElasticsearchError {
  return new ElasticsearchError({ status: 400, type: 'parse_exception', reason: 'request body is required' })
}
