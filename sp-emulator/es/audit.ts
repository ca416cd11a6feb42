import { SamlError, type SamlErrorCode } from '#saml/errors'
import type { Log } from '#server/logging'
import { ElasticsearchError } from './elasticsearch-error.ts'

/** Their sentences quote the query string, which may be a whole message. */
const quotesTheQuery: ReadonlySet<SamlErrorCode> = new Set(['SAML_QUERY_MALFORMED', 'SAML_MESSAGE_MISSING'])

/** The calls that bring a SAML message. */
export type AuditedAction = 'authenticate' | 'invalidate' | 'complete_logout'

interface AuditEntry {
  readonly action: AuditedAction
  /** The realm that judged, or the one that was asked for when none could be found. */
  readonly realm: string | undefined
}

/** What a log may say about a refusal: its sentence, unless that quotes the message. */
export function loggableReason(error: SamlError): string {
  return quotesTheQuery.has(error.code) ? 'the query string cannot be read' : error.message
}

/** Does `judge`, and writes one line when it refuses a SAML message. The refusal goes on. */
export function audited<T>(log: Log, entry: AuditEntry, judge: () => T): T {
  try {
    return judge()
  } catch (error) {
    if (error instanceof SamlError) {
      log.warn({ code: error.code, action: entry.action, realm: entry.realm }, loggableReason(error))
    }
    throw error
  }
}

/** Does `read`, and writes one line when it refuses the call that should bring a message. What is wrong with it is for its caller alone: the sentence may quote it. */
export function auditedCall<T>(log: Log, action: AuditedAction | undefined, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (action !== undefined && error instanceof ElasticsearchError) {
      log.warn({ code: 'CALL_UNREADABLE', type: error.type, action }, 'the call cannot be read')
    }
    throw error
  }
}
