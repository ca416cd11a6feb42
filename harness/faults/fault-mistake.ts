/** A fault that nobody could ever have; nothing has changed. */
export class FaultMistake extends Error {
  override readonly name = 'FaultMistake'
  readonly path: string
  readonly expected: unknown
  readonly actual: unknown

  /** The message follows the path and a colon. */
  constructor(
    path: string,
    message: string,
    { expected, actual }: { readonly expected?: unknown; readonly actual: unknown },
  ) {
    super(`${path}: ${message}`)
    this.path = path
    this.expected = expected
    this.actual = actual
  }
}
