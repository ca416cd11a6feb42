import { ConfigError } from '#server/config'
import { plainMessage } from '#server/plain-message'
import { describeIssue } from './describe-issue.ts'
import { worldSchema } from './schema.ts'
import type { CheckedWorld } from './world.ts'

/** The keys that a world may have. */
export const worldKeys = Object.keys(worldSchema.shape)

/**
 * Checks what somebody gave as a world. An empty one says nothing.
 * @throws ConfigError naming the dotted path of the first mistake, with the nearest known key when one is unknown. That comes first of all: the value that
 * is missing elsewhere may stand behind it.
 */
export function readWorld(given: unknown): CheckedWorld {
  const result = worldSchema.safeParse(given ?? {}, { error: plainMessage })
  if (result.success) return result.data
  const { issues } = result.error
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  throw new ConfigError(issue === undefined ? 'the world cannot be read' : describeIssue(issue, worldSchema))
}
