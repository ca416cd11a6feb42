import { SamlError } from '#saml/errors'
import type { Seen } from '#server/journal/seen'
import { refusalIn } from '../audit.ts'
import { ElasticsearchError } from '../elasticsearch-error.ts'
import type { NodeContext } from '../node-context.ts'
import type { CallSeen } from './route.ts'

interface AnsweredCall {
  readonly status: number
  readonly seen: CallSeen
  /** Why it failed, if it did. */
  readonly failure: unknown
}

/** Writes a call down: its first line without the query, how it was answered, and the real reason of a refusal, which the caller may not be told. */
export function noteCall(
  { journal }: NodeContext,
  { method, path }: { readonly method: string; readonly path: string },
  { status, seen, failure }: AnsweredCall,
): void {
  journal.note({
    what: 'call',
    direction: 'received',
    to: 'es',
    user: seen.user,
    wire: { method, url: path, body: seen.saml },
    httpStatus: status,
    accepted: failure === undefined && status < 400,
    refusal: reasonOf(failure),
  })
}

function reasonOf(failure: unknown): Seen['refusal'] {
  if (failure instanceof SamlError) return refusalIn(failure)
  if (!(failure instanceof ElasticsearchError)) return undefined
  return failure.cause instanceof SamlError
    ? refusalIn(failure.cause)
    : { code: failure.type, message: failure.message }
}
