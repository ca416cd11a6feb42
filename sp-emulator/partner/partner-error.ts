/** A request that ends on an error page: a status, and one sentence for the person in front of it. */
export class PartnerError extends Error {
  override readonly name = 'PartnerError'
  readonly status: 400 | 403 | 404 | 413 | 500 | 503

  constructor(status: PartnerError['status'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}
