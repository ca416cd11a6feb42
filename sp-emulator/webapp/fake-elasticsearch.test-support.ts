import { listen } from '#server/serve'

export interface RecordedCall {
  /** Method and path, for instance `POST /_security/saml/logout`. */
  readonly call: string
  readonly authorization: string | null
  readonly body: unknown
}

export interface Reply {
  readonly status?: number
  readonly body?: unknown
}

export type Replier = (call: RecordedCall) => Reply | Promise<Reply>

/** A node that records what it is asked and answers from a table, so that the official client is really used. */
export interface FakeElasticsearch extends AsyncDisposable {
  readonly node: string
  readonly port: number
  readonly calls: RecordedCall[]
  reply(call: string, replier: Reply | Replier): void
  /** The body of the only call of this name. */
  bodyOf(call: string): unknown
}

export async function fakeElasticsearch(
  replies: Readonly<Record<string, Reply | Replier>>,
  port = 0,
): Promise<FakeElasticsearch> {
  const listener = await listen({ host: '127.0.0.1', port })
  const repliers = new Map<string, Reply | Replier>(Object.entries(replies))
  const calls: RecordedCall[] = []
  listener.mount(async (request) => {
    const recorded = await record(request)
    calls.push(recorded)
    const replier = repliers.get(recorded.call) ?? { status: 400, body: { error: `no reply for ${recorded.call}` } }
    return respond(typeof replier === 'function' ? await replier(recorded) : replier)
  })
  return {
    node: listener.origin('127.0.0.1'),
    port: listener.port,
    calls,
    reply: (call, replier) => repliers.set(call, replier),
    bodyOf(name) {
      const [first, ...others] = calls.filter(({ call }) => call === name)
      if (first === undefined || others.length > 0) throw new TypeError(`${name} was not called exactly once`)
      return first.body
    },
    [Symbol.asyncDispose]: () => listener.close(),
  }
}

async function record(request: Request): Promise<RecordedCall> {
  const text = await request.text()
  return {
    call: `${request.method} ${new URL(request.url).pathname}`,
    authorization: request.headers.get('authorization'),
    body: text === '' ? undefined : JSON.parse(text),
  }
}

function respond({ status = 200, body = {} }: Reply): Response {
  const headers = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }
  return new Response(JSON.stringify(body), { status, headers })
}

/** The error envelope of a node (spec §1.2). */
export function refusal(status: number, reason: string): Reply {
  const error = { type: 'security_exception', reason }
  return { status, body: { error: { root_cause: [error], ...error }, status } }
}
