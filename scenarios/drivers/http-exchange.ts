import { type IncomingMessage, request as requestHttp } from 'node:http'
import { text } from 'node:stream/consumers'
import { connectTo } from '#server/localhost-lookup'

interface Exchange {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

export interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly setCookies: readonly string[]
  readonly text: string
}

const timeoutMs = 10_000

/** One request and its answer, over plain http, redirects left to the caller. `*.localhost` is the loopback address, as it is to browsers. */
export async function exchange({ method, url, headers = {}, body }: Exchange): Promise<Answer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const options = { method, headers, ...connectTo(new URL(url)), agent: false, signal } as const
    requestHttp(url, options, resolve).once('error', reject).end(body)
  })
  return {
    status: answer.statusCode ?? 0,
    location: answer.headers.location,
    setCookies: answer.headers['set-cookie'] ?? [],
    text: await text(answer),
  }
}
