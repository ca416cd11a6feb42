import { ElasticsearchError } from './elasticsearch-error.ts'

/** Puts what the official client throws into one sentence and one status. An error of another kind is our own and is answered as it is. */
export function explainClientError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  switch (error.name) {
    case 'ResponseError':
      return refusal(error)
    case 'TimeoutError':
      return new ElasticsearchError(503, 'Elasticsearch did not answer in time.')
    case 'ConnectionError':
    case 'NoLivingConnectionsError':
      return new ElasticsearchError(503, `Elasticsearch cannot be reached: ${error.message}`)
    case 'ProductNotSupportedError':
    case 'DeserializationError':
      return new ElasticsearchError(502, 'What answers in the place of Elasticsearch does not speak like it.')
    default:
      return error
  }
}

// The client's error is not kept as the cause: it carries the request, and so the tokens, into whatever prints it.
function refusal(error: Error & { statusCode?: unknown; body?: unknown }): ElasticsearchError {
  const status = typeof error.statusCode === 'number' ? error.statusCode : 502
  return new ElasticsearchError(status, findReason(error.body) ?? `Elasticsearch answered with status ${status}.`)
}

/** The envelope of spec §1.2, its short form with a bare string, and the OAuth form of the token call. */
function findReason(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  const { error, error_description: description } = body
  if (typeof description === 'string') return description
  if (typeof error === 'string') return error
  if (isRecord(error) && typeof error['reason'] === 'string') return error['reason']
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
