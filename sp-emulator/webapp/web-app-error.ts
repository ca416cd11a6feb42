/** Why a request ended on an error page; for programs and logs. */
type WebAppErrorCode =
  | 'AMBIGUOUS_QUERY'
  | 'BAD_REQUEST'
  | 'CANNOT_REDIRECT'
  | 'CROSS_SITE'
  | 'LOGIN_REFUSED'
  | 'LOGOUT_NOT_CONFIRMED'
  | 'LOGOUT_REFUSED'
  | 'NO_SUCH_PROVIDER'
  | 'NOT_SIGNED_IN'
  | 'REALM_CHANGED'
  | 'REPLAYED_RESPONSE'
  | 'SESSION_EXPIRED'
  | 'TOO_LARGE'
  | 'TWO_SESSION_COOKIES'
  | 'UNEXPECTED_LOGOUT_RESPONSE'

interface WebAppErrorAnswer {
  readonly code: WebAppErrorCode
  readonly status: number
  readonly headline: string
}

/** A request that ends with an error page of this application: a code, a status, a headline and one sentence for the person in front of it. */
export class WebAppError extends Error {
  override readonly name = 'WebAppError'
  readonly code: WebAppErrorCode
  readonly status: number
  readonly headline: string

  constructor(answer: WebAppErrorAnswer, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = answer.code
    this.status = answer.status
    this.headline = answer.headline
  }
}

/** Kibana's answer to a request whose session or tokens cannot be used any more (web-app-flows §1.4 (h)). */
export const sessionExpired =
  'Your session has expired because your refresh token is no longer valid. Please log in again.'

/** The error for a request that lacks something, or has too much of it. */
export function badRequest(message: string, options?: ErrorOptions): WebAppError {
  return new WebAppError({ code: 'BAD_REQUEST', status: 400, headline: 'Bad Request' }, message, options)
}
