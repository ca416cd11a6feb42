/** Why a request to one of our own pages is refused although it carries no SAML message. */
type HttpRefusalCode =
  | 'CROSS_SITE'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'CONTENT_TYPE'
  | 'TOO_LARGE'
  | 'INCOMPLETE'
  | 'UNKNOWN_USER'
  | 'UNKNOWN_SERVICE_PROVIDER'
  | 'NOTHING_PENDING'
  | 'NO_SUCH_LOGOUT'
  | 'MINTED_LOGOUT'

const statuses = {
  CROSS_SITE: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONTENT_TYPE: 415,
  TOO_LARGE: 413,
  INCOMPLETE: 400,
  UNKNOWN_USER: 400,
  UNKNOWN_SERVICE_PROVIDER: 400,
  NOTHING_PENDING: 400,
  NO_SUCH_LOGOUT: 404,
  MINTED_LOGOUT: 409,
} as const satisfies Record<HttpRefusalCode, number>

export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal'
  readonly code: HttpRefusalCode
  readonly status: (typeof statuses)[HttpRefusalCode]
  readonly facts: Readonly<Record<string, unknown>>
  /** Of its entry in the journal, where it has one. */
  readonly seq: number | undefined

  constructor(code: HttpRefusalCode, message: string, facts: Readonly<Record<string, unknown>> = {}, seq?: number) {
    super(message)
    this.code = code
    this.status = statuses[code]
    this.facts = facts
    this.seq = seq
  }
}

export function noSuchLogout(): HttpRefusal {
  return new HttpRefusal('NO_SUCH_LOGOUT', 'no such logout is known, or it is long over')
}
