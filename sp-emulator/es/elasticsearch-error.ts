/** Entries that a node shows beside the reason, or sends as headers: one value is a string, several are a list. */
export type ErrorEntries = Readonly<Record<string, string | readonly string[]>>

export interface ErrorCause {
  readonly type: string
  readonly reason: string
}

/** What is wrong with a body, for a version that puts it in other words. */
type BodyFault =
  | { readonly kind: 'unknown-field'; readonly parser: string; readonly field: string }
  | { readonly kind: 'malformed' }

export interface ElasticsearchErrorOptions {
  readonly status: number
  readonly type: string
  readonly reason: string
  readonly metadata?: ErrorEntries
  readonly headers?: ErrorEntries
  readonly causedBy?: ErrorCause | undefined
  readonly bodyFault?: BodyFault | undefined
  readonly cause?: unknown
}

/** A failure as a node reports it: `type` is the exception's name in a node's spelling (spec §1.2). */
export class ElasticsearchError extends Error {
  override readonly name = 'ElasticsearchError'
  readonly status: number
  readonly type: string
  readonly metadata: ErrorEntries
  readonly headers: ErrorEntries
  readonly causedBy: ErrorCause | undefined
  readonly bodyFault: BodyFault | undefined

  constructor(options: ElasticsearchErrorOptions) {
    const { status, type, reason, metadata = {}, headers = {}, causedBy, bodyFault, cause } = options
    super(reason, { cause })
    this.status = status
    this.type = type
    this.metadata = metadata
    this.headers = headers
    this.causedBy = causedBy
    this.bodyFault = bodyFault
  }
}

/** The caller asked for something that makes no sense. */
export function illegalArgument(reason: string): ElasticsearchError {
  return new ElasticsearchError({ status: 400, type: 'illegal_argument_exception', reason })
}

/** The request is refused for a reason of security. */
export function securityError(status: number, reason: string): ElasticsearchError {
  return new ElasticsearchError({ status, type: 'security_exception', reason })
}
