/** A request that ends on an error page: a status, and one sentence for the person in front of it. */
export class PartnerError extends Error {
  override readonly name = 'PartnerError'
  /** Of its entry in the journal. */
  readonly seq: number | undefined
  readonly status: 400 | 403 | 404 | 413 | 500 | 503

  constructor(
    status: PartnerError['status'],
    message: string,
    options?: ErrorOptions & { readonly seq?: number | undefined },
  ) {
    super(message, options)
    this.seq = options?.seq
    this.status = status
  }
}
