import { SamlError } from '#saml/errors'
import type { Dialect, SamlFailure } from './dialect.ts'
import { ElasticsearchError, type ErrorCause, type ErrorEntries } from './elasticsearch-error.ts'

/** The failure that a node reports for this error; undefined for an error nobody foresaw. */
export function toElasticsearchError(error: unknown, dialect: Dialect): ElasticsearchError | undefined {
  if (error instanceof ElasticsearchError) return error
  if (error instanceof SamlError) return translateSamlError(error, dialect)
  return undefined
}

/** The realm may name the exception type and the cause that a node has for this very case; else the code decides (spec §3.12). */
function translateSamlError(error: SamlError, dialect: Dialect): ElasticsearchError {
  const failure: SamlFailure = dialect.samlFailureByCode[error.code] ?? dialect.samlFailure
  const type = typeof error.facts['esType'] === 'string' ? error.facts['esType'] : failure.type
  return new ElasticsearchError({
    status: type === 'illegal_argument_exception' ? 400 : failure.status,
    type,
    reason: error.message,
    causedBy: givenCause(error.facts['causedBy']) ?? usualCause(error, failure),
    cause: error,
  })
}

function givenCause(cause: unknown): ErrorCause | undefined {
  const { type, reason } = (cause ?? {}) as Partial<ErrorCause>
  return typeof type === 'string' && typeof reason === 'string' ? { type, reason } : undefined
}

function usualCause(error: SamlError, failure: SamlFailure): ErrorCause | undefined {
  if (failure.causedBy === undefined) return undefined
  return { type: failure.causedBy, reason: error.cause instanceof Error ? error.cause.message : error.message }
}

/** What the caller is told about an error nobody foresaw: nothing from inside. */
export const internalError = new ElasticsearchError({
  status: 500,
  type: 'exception',
  reason: 'internal error, see the log of the emulator',
})

/** The error envelope, its fields in a node's order; a root cause has no cause of its own (spec §1.2). */
export function renderErrorEnvelope(error: ElasticsearchError, options: { withTrace: boolean }): object {
  const before = { type: error.type, reason: error.message, ...renderEntries(error.metadata) }
  const header = renderEntries(error.headers)
  const after = {
    ...(Object.keys(header).length > 0 && { header }),
    // A node prints Java frames here. There are none to show, so the trace is its first line.
    ...(options.withTrace && { stack_trace: `${error.type}: ${error.message}` }),
  }
  const causedBy = error.causedBy && { caused_by: { type: error.causedBy.type, reason: error.causedBy.reason } }
  return { error: { root_cause: [{ ...before, ...after }], ...before, ...causedBy, ...after }, status: error.status }
}

/** An entry with one value is a string, with several a list, with none it is not shown (spec §1.2). */
function renderEntries(entries: ErrorEntries): Record<string, string | readonly string[]> {
  const rendered: Record<string, string | readonly string[]> = {}
  for (const [name, value] of Object.entries(entries)) {
    const [first, ...others] = typeof value === 'string' ? [value] : value
    if (first !== undefined) rendered[name] = others.length === 0 ? first : [first, ...others]
  }
  return rendered
}
