import { nearest } from '#server/suggestions'

/** What stands in the answer of an operation that was refused, beside its sentence. */
export interface ErrorFacts {
  /** Where in what was given: `users[0].name`. */
  readonly path?: string | undefined
  readonly expected?: unknown
  readonly actual?: unknown
  /** Of a message that was refused: the code of the rule. */
  readonly code?: string | undefined
  /** Of an expectation: the entries that came nearest, and in what they differ. */
  readonly nearest?: unknown
}

/** Why each operation may be refused: the stable word for programs, and the status that it travels with. */
export const errorStatuses = {
  invalid: 400,
  notJson: 400,
  tokenNeeded: 401,
  foreignHost: 403,
  foreignSite: 403,
  controlClosed: 403,
  noSuchOperation: 404,
  noSuchParty: 404,
  noSuchUser: 404,
  noSuchServiceProvider: 404,
  noSuchSession: 404,
  noSuchLogout: 404,
  noSuchLab: 404,
  noSuchRealm: 404,
  noSuchTokens: 404,
  noSuchFault: 404,
  noSuchEntry: 404,
  methodNotAllowed: 405,
  timeout: 408,
  refused: 409,
  notVerified: 409,
  ended: 409,
  dropped: 410,
  tooLarge: 413,
  unsupportedMediaType: 415,
  internal: 500,
  storeUnavailable: 503,
} as const

export type ErrorType = keyof typeof errorStatuses

/** An operation of the control API that was refused; nothing has changed. The same in this process and over HTTP. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly type: string
  readonly status: number
  readonly path: string | undefined
  readonly expected: unknown
  readonly actual: unknown
  readonly code: string | undefined
  readonly nearest: unknown

  constructor(type: string, message: string, { status, ...facts }: ErrorFacts & { readonly status: number }) {
    super(message)
    this.type = type
    this.status = status
    this.path = facts.path
    this.expected = facts.expected
    this.actual = facts.actual
    this.code = facts.code
    this.nearest = facts.nearest
  }
}

export function controlError(type: ErrorType, message: string, facts: ErrorFacts = {}): ControlError {
  return new ControlError(type, message, { ...facts, status: errorStatuses[type] })
}

interface Missing extends Pick<ErrorFacts, 'path'> {
  /** What it is called in a sentence: `user`. */
  readonly what: string
  readonly actual: string
  readonly known: readonly string[]
}

/** There is nothing of this name: which one is nearest, or which there are. */
export function nothingThere(type: ErrorType, { what, actual, known, path }: Missing): ControlError {
  const meant = nearest(actual, known)
  const few = known.slice(0, mostNamed)
  const names = few.length === 0 ? 'there is none' : `known are ${few.join(', ')}`
  const hint = meant === undefined ? names : `did you mean ${meant}?`
  return controlError(type, `there is no ${what} [${actual.slice(0, longestEcho)}], ${hint}`, {
    path,
    expected: meant ?? few,
    actual: actual.slice(0, longestEcho),
  })
}

/** Of a thousand that are known nobody wants to read. */
const mostNamed = 8
const longestEcho = 256
