import type { z } from 'zod'

type Schema = z.core.JSONSchema.BaseSchema

/** A JSON schema in one line, as TypeScript would have it. */
export function shapeOf(schema: Schema): string {
  if (schema.title !== undefined) return schema.title
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.anyOf !== undefined) return schema.anyOf.map((each) => shapeOf(each as Schema)).join(' | ')
  if (schema.type === 'array') return `[${shapeOf(schema.items as Schema)}, …]`
  if (schema.type !== 'object') return [schema.type ?? 'any'].flat().join(' | ')
  const { properties, required = [], additionalProperties: others } = schema
  if (properties === undefined) return `{ [name]: ${typeof others === 'object' ? shapeOf(others as Schema) : 'any'} }`
  const entries = Object.entries(properties).map(([name, value]) => {
    return `${name}${required.includes(name) ? '' : '?'}: ${shapeOf(value as Schema)}`
  })
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
