import { z } from 'zod'
import { hintFor, nearest } from '#server/config'

/** What is wrong with a value, and where. */
export interface ExplainedIssue {
  /** Dotted: `users[0].name`; empty of the whole. */
  readonly path: string
  readonly message: string
  /** The known words in place of one that is unknown. */
  readonly expected?: unknown
  /** The unknown word. */
  readonly actual?: unknown
}

/** One sentence about a mistake in a value, `whole` by its name: its dotted path, and the nearest known key when one is unknown. */
export function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, whole = 'the world'): string {
  const { path, message } = explainIssue(issue, schema)
  return `${path || whole}: ${message}`
}

/** A mistake and its dotted path, with the nearest known key when one is unknown. */
export function explainIssue(issue: z.core.$ZodIssue, schema: z.ZodType): ExplainedIssue {
  if (issue.code === 'custom') return { path: dotted(issue.path), message: issue.message, ...issue.params }
  if (issue.code !== 'unrecognized_keys') return { path: dotted(issue.path), message: issue.message }
  const [key = ''] = issue.keys
  const known = keysAt(schema, issue.path)
  const path = dotted([...issue.path, key])
  const expected = nearest(key, known) ?? known
  return { path, message: `unknown key, ${hintFor(key, known)}`, expected, actual: key }
}

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
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType
  return schema instanceof z.ZodObject ? (schema.shape[String(part)] as z.ZodType | undefined) : undefined
}

/** The schema inside `optional`, `nullable`, `default` and before `transform`. */
function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodPipe) return bare(schema.in as z.ZodType)
  const isWrapped = [z.ZodOptional, z.ZodNullable, z.ZodDefault].some((wrapper) => schema instanceof wrapper)
  return isWrapped ? bare((schema as z.ZodOptional<z.ZodType>).unwrap()) : schema
}
