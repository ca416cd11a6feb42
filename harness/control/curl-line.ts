import type { DescribedOperation } from './describe-operations.ts'
import { nameInPath } from './over-http.ts'

interface Place {
  /** The address of a role. */
  readonly at: string
  readonly needsToken: boolean
}

/** A call for a POSIX shell, to be pasted; what its path names is a variable, since curl has a meaning for braces. */
export function curlLine(operation: DescribedOperation, { at, needsToken }: Place): string {
  const { method, path, takenFrom, example } = operation
  const key = nameInPath(operation)
  const url = `${at}/_sloop${key === undefined ? path : path.replace(`{${key}}`, `$${key.toUpperCase()}`)}`
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "${url}"`,
    ...(needsToken ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(example === undefined || takenFrom === 'query'
      ? []
      : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(example))}`]),
  ]
  return parts.join(' \\\n  ')
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
