import { parseError } from './security-errors.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** A value's kind in the words of a node's parser. */
export function tokenOf(json: unknown): string {
  if (Array.isArray(json)) return 'START_ARRAY'
  if (json === null) return 'VALUE_NULL'
  return typeof json === 'object' ? 'START_OBJECT' : `VALUE_${typeof json}`.toUpperCase()
}

/** What a node's hand-written parsers take a field for; each refuses what is not of its kind. @throws ElasticsearchError 400 parse_exception */
export const field = {
  text(name: string, json: unknown): string {
    if (typeof json === 'string') return json
    throw wrongType(name, 'string', json)
  },
  textOrNull(name: string, json: unknown): string | null {
    return json === null ? null : field.text(name, json)
  },
  flag(name: string, json: unknown): boolean {
    if (typeof json === 'boolean') return json
    throw wrongType(name, 'boolean', json)
  },
  object(name: string, json: unknown): JsonObject {
    if (isObject(json)) return json
    throw wrongType(name, 'object', json)
  },
  texts(name: string, json: unknown): readonly string[] {
    if (json === null) throw noArray(name, 'null value')
    if (!Array.isArray(json)) throw noArray(name, `[${tokenOf(json)}] value`)
    return json.map((item) => {
      if (typeof item === 'string') return item
      throw parseError(
        `could not parse [${name}] field. expected a string array but one of the value in the array is [${tokenOf(item)}]`,
      )
    })
  },
  textsOrNull(name: string, json: unknown): readonly string[] {
    return json === null ? [] : field.texts(name, json)
  },
}

const noArray = (name: string, found: string) =>
  parseError(`could not parse [${name}] field. expected a string array but found ${found} instead`)

function wrongType(name: string, expected: string, json: unknown) {
  return parseError(`expected field [${name}] to be of type ${expected}, but found [${tokenOf(json)}] instead`)
}
