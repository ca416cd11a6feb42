import type { z } from 'zod'
import { expectation, plainMessage } from '#server/plain-message'
import { explainIssue } from '../world/describe-issue.ts'
import { controlError } from './control-error.ts'

/**
 * What was given, as its schema has it.
 * @throws ControlError invalid, of the first mistake; of an unknown word first of all: the value that is missing elsewhere may stand behind it.
 */
export function checkGiven<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const result = schema.safeParse(given, { error: plainMessage })
  if (result.success) return result.data
  const { issues } = result.error
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (issue === undefined) throw controlError('invalid', 'what was given cannot be read')
  const {
    path,
    message,
    expected = expectation(issue),
    actual = valueAt(given, issue.path),
  } = explainIssue(issue, schema)
  const says = path === '' ? message : `${path}: ${message}`
  throw controlError('invalid', says, { path, expected, actual: scalar(actual) })
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | null | undefined)?.[part], given)
}

const longestEcho = 256

/** What may be as deep as its sender likes is not repeated. */
function scalar(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, longestEcho)
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a mapping'
  return value
}
