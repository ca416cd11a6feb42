import { ElasticsearchError } from '../elasticsearch-error.ts'

/** A body that a hand-written parser of a node cannot make sense of. */
export function parseError(reason: string): ElasticsearchError {
  return new ElasticsearchError({ status: 400, type: 'parse_exception', reason })
}

/** What a request lacks, or what in it does not go together. */
export function requestError(messages: readonly string[]): ElasticsearchError {
  const listed = messages.map((message, index) => `${index + 1}: ${message};`).join('')
  const type = 'action_request_validation_exception'
  return new ElasticsearchError({ status: 400, type, reason: `Validation Failed: ${listed}` })
}

/** A check that is no part of the request's own validation, in the same form (es:ValidationException). */
export function validationError(message: string): ElasticsearchError {
  const reason = `Validation Failed: 1: ${message};`
  return new ElasticsearchError({ status: 400, type: 'validation_exception', reason })
}
