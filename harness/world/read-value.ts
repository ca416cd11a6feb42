import type { z } from 'zod'
import { ConfigError } from '#server/config'
import { plainMessage } from '#server/plain-message'
import { describeIssue } from './describe-issue.ts'

/**
 * Checks what somebody gave by its schema; `whole` is what it is called where nothing in it is to blame.
 * @throws ConfigError naming the dotted path of the first mistake, with the nearest known key when one is unknown. That comes first of all: the value that
 * is missing elsewhere may stand behind it.
 */
export function readValue<Schema extends z.ZodType>(schema: Schema, given: unknown, whole: string): z.output<Schema> {
  const result = schema.safeParse(given, { error: plainMessage })
  if (result.success) return result.data
  const { issues } = result.error
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (issue === undefined) throw new ConfigError(`${whole} cannot be read`)
  const isWhole = issue.path.length === 0 && issue.code !== 'unrecognized_keys'
  throw new ConfigError(isWhole ? `${whole}: ${issue.message}` : describeIssue(issue, schema))
}
