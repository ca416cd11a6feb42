/** A request that ends with an error page of this application: a status, a headline and one sentence for the person in front of it. */
export class WebAppError extends Error {
  override readonly name = 'WebAppError'
  readonly status: number
  readonly headline: string

  constructor(answer: { status: number; headline: string }, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = answer.status
    this.headline = answer.headline
  }
}

/** Kibana's answer to a request whose session or tokens cannot be used any more (web-app-flows §1.4 (h)). */
export const sessionExpired =
  'Your session has expired because your refresh token is no longer valid. Please log in again.'
