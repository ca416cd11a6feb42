import { type AuditedAction, auditedCall } from '../audit.ts'
import { type AuthorizedAction, authorize } from '../authorize.ts'
import type { Dialect } from '../dialect.ts'
import { ElasticsearchError, illegalArgument } from '../elasticsearch-error.ts'
import type { Caller, NodeContext } from '../node-context.ts'
import type { ActionName } from '../privileges.ts'
import type { RestAnswer } from './answer.ts'
import { refuseUnknownParameters } from './url-parameters.ts'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'

/** What a call has in it that is worth to be told: who it is about, and the SAML that it brings. */
export interface CallSeen {
  user?: string
  /** As it stands in the body. */
  saml?: string
}

/** A request of an authenticated caller that found its route. */
export interface RestCall {
  readonly method: Method
  readonly path: string
  /** What stands in the place of the path's `{…}`, decoded. */
  readonly pathParameter: string
  readonly parameters: URLSearchParams
  readonly body: Buffer | undefined
  readonly caller: Caller
  readonly node: NodeContext
  /** What the journal may tell of the call beside its first line. */
  readonly seen: CallSeen
  /** Announces a deprecation in the answer's Warning header. */
  warn(text: string): void
}

/** One call of the API, from its request to its answer. */
export interface Route {
  readonly method: Method
  readonly path: string
  /** The API version that a caller must have asked for; absent when it does not matter. */
  readonly compatibleWith?: number
  /** Whether a node of this version has the call at all; absent on a call as old as the paths under `/_xpack`. */
  isKnownTo?(dialect: Dialect): boolean
  handle(call: RestCall): Promise<RestAnswer>
}

/** What makes one call different from another; `I` is what its handler works on. */
interface RouteDefinition<I> {
  readonly method: Method
  /** One segment may be a parameter: `{name}`. */
  readonly path: string
  readonly takesBody: boolean
  /** URL parameters of this call alone. */
  readonly parameters?: readonly string[]
  /** For a call that came after the paths under `/_xpack`: whether a node of this version has it. */
  isKnownTo?(dialect: Dialect): boolean
  /** Strict reading of body and path. */
  read(call: RestCall): I
  /** The messages of what is missing or does not go together. */
  validate?(input: I): readonly string[]
  /** Whether a call that cannot be read leaves a line in the log, and as what. */
  readonly audits?: AuditedAction
  /** The answer for those messages, where it is not the usual one. */
  answerInvalid?(messages: readonly string[]): RestAnswer
  /** What the caller must be allowed to do. */
  action(input: I, call: RestCall): ActionName | AuthorizedAction
  run(input: I, call: RestCall): RestAnswer | Promise<RestAnswer>
}

/** The steps of a call in a node's order: a bad body is reported before a missing privilege (spec §1.1). */
export function route<I>(definition: RouteDefinition<I>): Route {
  const { method, path, takesBody, isKnownTo, audits, validate, answerInvalid = refuseInvalid } = definition
  const readInput = (call: RestCall): { input: I } | { invalid: RestAnswer } => {
    const input = definition.read(call)
    refuseUnknownParameters(call.path, call.parameters, definition.parameters)
    if (!takesBody && call.body !== undefined) throw unexpectedBody(call)
    const messages = validate?.(input) ?? []
    return messages.length > 0 ? { invalid: answerInvalid(messages) } : { input }
  }
  return {
    method,
    path,
    ...(isKnownTo !== undefined && { isKnownTo }),
    handle: async (call) => {
      const read = auditedCall(call.node.log, audits, () => readInput(call))
      if ('invalid' in read) return read.invalid
      const { input } = read
      const action = definition.action(input, call)
      authorize(call.caller, typeof action === 'string' ? { name: action } : action, call.node.security.roles)
      return definition.run(input, call)
    },
  }
}

/** Validation messages in one line, each numbered (spec §1.2). */
export function validationText(messages: readonly string[]): string {
  return `Validation Failed: ${messages.map((message, index) => `${index + 1}: ${message};`).join('')}`
}

function refuseInvalid(messages: readonly string[]): never {
  const reason = validationText(messages)
  throw new ElasticsearchError({ status: 400, type: 'action_request_validation_exception', reason })
}

function unexpectedBody({ method, path }: RestCall): ElasticsearchError {
  return illegalArgument(`request [${method} ${path}] does not support having a body`)
}
