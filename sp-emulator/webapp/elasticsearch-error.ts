/** Elasticsearch refused a call (its status, its reason), or could not be asked (502, 503). The message never contains a token. */
export class ElasticsearchError extends Error {
  override readonly name = 'ElasticsearchError'

  constructor(
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  /** There was no judgement: the node, or what stands in front of it, is away. */
  get isUnavailable(): boolean {
    return this.status === 502 || this.status === 503
  }
}
