import { SamlError } from '#saml/errors'
import type { Seen } from '#server/journal/seen'
import { refusalIn } from '../audit.ts'
import { ElasticsearchError } from '../elasticsearch-error.ts'
import type { NodeContext } from '../node-context.ts'
import type { RestAnswer } from './answer.ts'
import type { CallSeen } from './route.ts'

interface AnsweredCall {
  readonly answer: RestAnswer
  readonly seen: CallSeen
  /** Why it failed, if it did. */
  readonly failure: unknown
}

/** Writes a call down: its first line without the query, how it was answered, and the real reason of a refusal, which the caller may not be told. */
export function noteCall(
  { journal }: NodeContext,
  { method, path }: { readonly method: string; readonly path: string },
  { answer, seen, failure }: AnsweredCall,
): void {
  journal.note({
    what: 'call',
    direction: 'received',
    to: 'es',
    user: seen.user,
    wire: { method, url: path, body: seen.saml },
    httpStatus: answer.status,
    accepted: failure === undefined && answer.status < 400,
    refusal: failure === undefined ? whyAnswered(answer) : reasonOf(failure),
  })
}

/** A refusal that comes before any handler is found is told in a sentence, or by a bare status. */
function whyAnswered({ status, body = {} }: RestAnswer): Seen['refusal'] {
  if (status < 400) return undefined
  if ('error' in body && typeof body.error === 'string') return { code: 'CALL_REFUSED', message: body.error }
  return status === 413
    ? { code: 'TOO_LARGE', message: 'the body of the call is too large' }
    : { code: 'INCOMPLETE', message: 'the connection ended in the middle of the body' }
}

function reasonOf(failure: unknown): Seen['refusal'] {
  if (failure instanceof SamlError) return refusalIn(failure)
  if (!(failure instanceof ElasticsearchError)) return undefined
  return failure.cause instanceof SamlError
    ? refusalIn(failure.cause)
    : { code: failure.type, message: failure.message }
}
