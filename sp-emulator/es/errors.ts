import { SamlError } from '#saml/errors'
import { StoreUnavailable } from '#server/store/store-unavailable'
import type { Dialect, SamlFailure } from './dialect.ts'
import { ElasticsearchError, type ErrorCause, type ErrorEntries } from './elasticsearch-error.ts'

/** The failure that a node reports for this error; undefined for an error nobody foresaw. */
export function toElasticsearchError(error: unknown, dialect: Dialect): ElasticsearchError | undefined {
  if (error instanceof ElasticsearchError) return inItsWords(error, dialect)
  if (error instanceof SamlError) return translateSamlError(error, dialect)
  if (error instanceof StoreUnavailable) return shardsUnavailable(error)
  return undefined
}

/** As a node answers whose index for tokens and users cannot be reached. */
const shardsUnavailable = (cause: StoreUnavailable): ElasticsearchError =>
  new ElasticsearchError({ status: 503, type: 'unavailable_shards_exception', reason: cause.message, cause })

/** What is wrong with a body, as this version says it (spec §1.2). */
function inItsWords(error: ElasticsearchError, dialect: Dialect): ElasticsearchError {
  const { bodyFault, status, causedBy } = error
  if (bodyFault?.kind === 'unknown-field' && dialect.unknownField === 'parser-not-found') {
    const reason = `[${bodyFault.parser}] unknown field [${bodyFault.field}], parser not found`
    return new ElasticsearchError({ status, type: 'illegal_argument_exception', reason })
  }
  if (bodyFault?.kind === 'malformed' && dialect.malformedJsonType === causedBy?.type) {
    return new ElasticsearchError({ status, type: causedBy.type, reason: causedBy.reason })
  }
  return error
}

/** The realm may name the exception type and the cause that a node has for this very case; else the code decides (spec §3.12). */
function translateSamlError(error: SamlError, dialect: Dialect): ElasticsearchError {
  return new ElasticsearchError({
    ...failureOf(error, dialect),
    ...describe(error, dialect),
    causedBy: givenCause(error.facts['causedBy']),
    cause: error,
  })
}

function failureOf({ code, facts }: SamlError, dialect: Dialect): SamlFailure {
  const { esType } = facts
  if (typeof esType !== 'string') return dialect.samlFailureByCode[code] ?? dialect.samlFailure
  return { status: esType === 'illegal_argument_exception' ? 400 : 500, type: esType }
}

/** A version that names the request which a message claims to answer leaves no blank behind the sentence (spec §1.7, §5). */
function describe(error: SamlError, dialect: Dialect): { reason: string; metadata?: ErrorEntries } {
  const { actual } = error.facts
  if (error.code !== 'SAML_IN_RESPONSE_TO' || dialect.unsolicited === 'hidden') return { reason: error.message }
  const metadata = typeof actual === 'string' ? { 'security.saml.unsolicited_in_response_to': actual } : {}
  return { reason: error.message.trimEnd(), metadata }
}

function givenCause(cause: unknown): ErrorCause | undefined {
  const { type, reason } = (cause ?? {}) as Partial<ErrorCause>
  return typeof type === 'string' && typeof reason === 'string' ? { type, reason } : undefined
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
