import { type JsonSchema, shapeOf } from './shape-of.ts'

/** A value that an operation takes, for a table. */
export interface Field {
  /** Dotted, with [] behind a list: `users[].name`. */
  readonly name: string
  readonly type: string
  readonly required: boolean
  /** As JSON. */
  readonly byDefault: string | undefined
  readonly means: string | undefined
}

/** Every field of a mapping, those of mappings in it behind it. What has a name of its own is not opened. */
export function fieldsOf(schema: JsonSchema, above = ''): readonly Field[] {
  const { properties = {}, required = [] } = schema
  return Object.entries(properties as Record<string, JsonSchema>).flatMap(([key, value]) => {
    const name = `${above}${key}`
    const { description, default: byDefault } = value
    const inner = innerOf(value)
    const field = {
      name,
      type: inner === undefined ? shapeOf(value) : inner.type,
      required: required.includes(key),
      byDefault: byDefault === undefined ? undefined : JSON.stringify(byDefault),
      means: description,
    }
    return [field, ...(inner === undefined ? [] : fieldsOf(inner.schema, `${name}${inner.behind}.`))]
  })
}

interface Inner {
  readonly schema: JsonSchema
  readonly type: string
  readonly behind: '' | '[]'
}

/** The mapping in a value whose fields are told one by one. */
function innerOf(value: JsonSchema): Inner | undefined {
  const [only, ...others] = alternativesOf(value).filter(({ type }) => type !== 'null')
  if (only === undefined || others.length > 0) return undefined
  const orNull = alternativesOf(value).length > 1 ? ' | null' : ''
  if (isMapping(only)) return { schema: only, type: `object${orNull}`, behind: '' }
  const items = only.items as JsonSchema | undefined
  return items && isMapping(items) ? { schema: items, type: `list of objects${orNull}`, behind: '[]' } : undefined
}

const alternativesOf = (value: JsonSchema): readonly JsonSchema[] => (value.anyOf as JsonSchema[]) ?? [value]
const isMapping = ({ properties, title }: JsonSchema): boolean => properties !== undefined && title === undefined
