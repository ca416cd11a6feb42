import type { SamlError } from '#saml/errors'

/** What there may be nothing of. */
export type Thing = 'user' | 'session' | 'service provider' | 'logout'

/** There is nothing of this name; nothing has changed. */
export class NotThere extends Error {
  override readonly name = 'NotThere'
  readonly what: Thing
  readonly actual: string
  /** The names that there are. */
  readonly known: readonly string[]
  /** Where in what was asked the name stands, if not in the path. */
  readonly path: string | undefined

  constructor(
    what: Thing,
    given: { readonly actual: string; readonly known: readonly string[]; readonly path?: string },
  ) {
    super(`there is no ${what} [${given.actual.slice(0, 256)}]`)
    this.what = what
    this.actual = given.actual
    this.known = given.known
    this.path = given.path
  }
}

/** What was asked for is refused for a reason that a browser would be shown; nothing has changed. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  readonly facts: { readonly expected?: unknown; readonly actual?: unknown }

  constructor(code: string, message: string, facts: Refused['facts'] = {}) {
    super(message)
    this.code = code
    this.facts = facts
  }
}

export const refusedBy = ({ code, message, facts }: SamlError): Refused => new Refused(code, message, facts)
