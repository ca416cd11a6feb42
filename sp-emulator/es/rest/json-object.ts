import { createRequire } from 'node:module'
import type * as Jsonc from 'jsonc-parser'
import type { Node, ParseError } from 'jsonc-parser'
import { ElasticsearchError, type ElasticsearchErrorOptions } from '../elasticsearch-error.ts'

export interface JsonProperty {
  readonly name: string
  readonly nameOffset: number
  readonly value: Node
}

export interface JsonObject {
  readonly text: string
  readonly properties: readonly JsonProperty[]
}

const require = createRequire(import.meta.url)

let loaded: typeof Jsonc | undefined

/** The parser, loaded with the first body. */
function jsonc(): typeof Jsonc {
  loaded ??= require('jsonc-parser') as typeof Jsonc
  return loaded
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads strict JSON whose root is an object: no comments, no trailing comma, nothing after it, no name twice.
 * `parser` is the name by which a node's messages call the reader of this body.
 */
export function readJsonObject(octets: Buffer, parser: string): JsonObject {
  const text = decode(octets)
  const { root, errors } = parse(text)
  const [error] = errors
  if (error !== undefined)
    throw malformed(text, error.offset, `Unexpected content: ${jsonc().printParseErrorCode(error.error)}`)
  if (root?.type !== 'object') {
    throw parseFailure(text, root?.offset ?? 0, `[${parser}] Expected START_OBJECT but was: ${tokenName(root)}`)
  }
  return { text, properties: propertiesOf(root, text) }
}

function propertiesOf({ children = [] }: Node, text: string): readonly JsonProperty[] {
  const properties = children.map(toProperty)
  refuseDuplicates(text, properties)
  return properties
}

/** The value that a part of the text stands for; no object in it has a name twice. */
export function jsonValue(node: Node, text: string): unknown {
  if (node.type === 'array') return (node.children ?? []).map((item) => jsonValue(item, text))
  if (node.type !== 'object') return node.value
  return Object.fromEntries(propertiesOf(node, text).map(({ name, value }) => [name, jsonValue(value, text)]))
}

function decode(octets: Buffer): string {
  try {
    return utf8.decode(octets)
  } catch (cause) {
    const causedBy = { type: 'json_parse_exception', reason: 'Invalid UTF-8' }
    const bodyFault = { kind: 'malformed' } as const
    throw new ElasticsearchError({
      status: 400,
      type: 'x_content_parse_exception',
      reason: '[1:1] Invalid UTF-8',
      causedBy,
      bodyFault,
      cause,
    })
  }
}

function parse(text: string): { root: Node | undefined; errors: readonly ParseError[] } {
  const errors: ParseError[] = []
  try {
    return { root: jsonc().parseTree(text, errors, { disallowComments: true, allowTrailingComma: false }), errors }
  } catch (error) {
    // The reader recurses; a document that is deeper than the stack is refused like one that is malformed.
    if (error instanceof RangeError) throw malformed(text, 0, 'Document nesting depth exceeds the maximum allowed')
    throw error
  }
}

function toProperty({ children = [] }: Node): JsonProperty {
  const [name, value] = children
  if (name === undefined || value === undefined)
    throw new TypeError('a property without a value was not reported as an error')
  return { name: String(name.value), nameOffset: name.offset, value }
}

function refuseDuplicates(text: string, properties: readonly JsonProperty[]): void {
  const seen = new Set<string>()
  for (const { name, nameOffset } of properties) {
    if (seen.has(name)) throw malformed(text, nameOffset, `Duplicate field '${name}'`)
    seen.add(name)
  }
}

/** Line and column of an offset, both counted from 1, as `line:column`. */
export function locate(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return `${line}:${offset - before.lastIndexOf('\n')}`
}

/** The body breaks the rules of its reader at this place. */
export function parseFailure(
  text: string,
  offset: number,
  message: string,
  details: Pick<ElasticsearchErrorOptions, 'causedBy' | 'bodyFault'> = {},
): ElasticsearchError {
  const reason = `[${locate(text, offset)}] ${message}`
  return new ElasticsearchError({ status: 400, type: 'x_content_parse_exception', reason, ...details })
}

function malformed(text: string, offset: number, message: string): ElasticsearchError {
  const causedBy = { type: 'json_parse_exception', reason: message }
  return parseFailure(text, offset, message, { causedBy, bodyFault: { kind: 'malformed' } })
}

/** A value's kind in the words of a node's parser. */
export function tokenName(node: Node | undefined): string {
  switch (node?.type) {
    case 'object':
      return 'START_OBJECT'
    case 'array':
      return 'START_ARRAY'
    case undefined:
      return 'null'
    default:
      return `VALUE_${node?.type.toUpperCase()}`
  }
}
