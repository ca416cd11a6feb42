import type { JsonSchema } from './shape-of.ts'

/** The least that a schema takes, with words that say what belongs there. */
export function exampleOf(schema: JsonSchema, name = ''): unknown {
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.const !== undefined) return schema.const
  if (schema.anyOf !== undefined) return exampleOf(schema.anyOf[0] as JsonSchema, name)
  if (schema.type === 'object') return leastMapping(schema)
  if (schema.type === 'array') return []
  if (schema.type === 'boolean') return true
  return schema.type === 'integer' || schema.type === 'number' ? 1 : `<${name}>`
}

function leastMapping({ properties = {}, required = [] }: JsonSchema): object {
  const demanded = Object.entries(properties as Record<string, JsonSchema>).filter(([key]) => required.includes(key))
  return Object.fromEntries(demanded.map(([key, value]) => [key, exampleOf(value, key)]))
}
