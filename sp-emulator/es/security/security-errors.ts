import { ElasticsearchError } from '../elasticsearch-error.ts'

/** A body that a hand-written parser of a node cannot make sense of. */
export function parseError(reason: string): ElasticsearchError {
  return new ElasticsearchError({ status: 400, type: 'parse_exception', reason })
}

/** A check that is no part of the request's own validation, in the same form (es:ValidationException). */
export function validationError(message: string): ElasticsearchError {
  const reason = `Validation Failed: 1: ${message};`
  return new ElasticsearchError({ status: 400, type: 'validation_exception', reason })
}
