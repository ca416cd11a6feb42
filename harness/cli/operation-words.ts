import { ConfigError } from '#server/config-error'
import type { Row } from '../control/operation.ts'
import { nameInPath } from '../control/over-http.ts'
import type { ControlCall } from './call-control.ts'
import { readNamedValues } from './named-values.ts'

interface NamedOperation {
  readonly name: string
  readonly row: Row
}

/**
 * How `name=value` words call an operation: what stands in braces in its path is given by that name, and the rest is what it is told.
 * A body that has the name too can say nothing else than the path.
 * @throws ConfigError when the name is missing, is said twice or is no text, or a word is no such thing
 */
export function readCall({ name, row }: NamedOperation, words: readonly string[]): ControlCall {
  const inPath = nameInPath(row)
  if (inPath === undefined) return { row, given: readNamedValues(words) }
  const [ofPath = [], ofBody = []] = [true, false].map((is) =>
    words.filter((word) => word.startsWith(`${inPath}=`) === is),
  )
  const given = readNamedValues(ofBody)
  const said = readNamedValues(ofPath)[inPath]
  const [word = ''] = ofPath
  // What is called 12e4 is no number.
  const key = typeof said === 'string' ? said : word.slice(inPath.length + 1)
  if (key === '') throw new ConfigError(`${inPath}: expected a text, found nothing; ${name} is told by ${inPath}=…`)
  return { row, key, given }
}
