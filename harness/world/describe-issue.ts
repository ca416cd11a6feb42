import { z } from 'zod'
import { nearest } from '#server/config'

/** One sentence about a mistake in a configuration: its dotted path, and the nearest known key when one is unknown. */
export function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  const path = dotted(issue.path)
  if (issue.code !== 'unrecognized_keys') return `${path || 'the world'}: ${issue.message}`
  const [key = ''] = issue.keys
  const known = keysAt(schema, issue.path)
  // Letters that changed places count twice in the distance of Levenshtein: too far for a short word.
  const candidate = nearest(key, known) ?? known.find((name) => lettersOf(name) === lettersOf(key))
  const hint = candidate === undefined ? `known are ${known.join(', ')}` : `did you mean ${candidate}?`
  return `${dotted([...issue.path, key])}: unknown key, ${hint}`
}

const lettersOf = (word: string): string => [...word].sort().join('')

/** `users[0].name`. */
function dotted(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const found = path.reduce<z.ZodType | undefined>((at, part) => at && childAt(bare(at), part), schema)
  const object = found && bare(found)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

function childAt(schema: z.ZodType, part: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType
  return schema instanceof z.ZodObject ? (schema.shape[String(part)] as z.ZodType | undefined) : undefined
}

/** The schema inside `optional` and `default`. */
function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? bare(schema.unwrap() as z.ZodType) : schema
}
