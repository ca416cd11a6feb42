import type { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** A JSON schema in one line, as TypeScript would have it. */
export function shapeOf(schema: JsonSchema): string {
  return written(schema, (entries) => `{ ${entries.join(', ')} }`, shapeOf)
}

const longestLine = 72

/** The same for a block of text: a mapping that is too long for one line has a line for each of its names. */
export function shapeInLines(schema: JsonSchema, margin = ''): string {
  const line = shapeOf(schema)
  if (line.length <= longestLine) return line
  const inner = `${margin}  `
  const inLines = (entries: readonly string[]) => `{\n${entries.map((each) => `${inner}${each}\n`).join('')}${margin}}`
  return written(schema, inLines, (each) => shapeInLines(each, schema.type === 'object' ? inner : margin))
}

type Join = (entries: readonly string[]) => string
type Shape = (schema: JsonSchema) => string

function written(schema: JsonSchema, joinEntries: Join, shape: Shape): string {
  if (schema.title !== undefined) return schema.title
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const { anyOf, oneOf = anyOf } = schema
  if (oneOf !== undefined) return oneOf.map((each) => shape(each as JsonSchema)).join(' | ')
  if (schema.type === 'array') return `[${shape(schema.items as JsonSchema)}, …]`
  if (schema.type !== 'object') return [schema.type ?? 'any'].flat().join(' | ')
  const { properties, required = [], additionalProperties: others } = schema
  if (properties === undefined) return `{ [name]: ${typeof others === 'object' ? shape(others as JsonSchema) : 'any'} }`
  const entries = Object.entries(properties).map(([name, value]) => {
    return `${name}${required.includes(name) ? '' : '?'}: ${shape(value as JsonSchema)}`
  })
  return entries.length === 0 ? '{}' : joinEntries(entries)
}
