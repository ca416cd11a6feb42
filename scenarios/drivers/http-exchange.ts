import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { text } from 'node:stream/consumers'
import { connectTo } from '#server/localhost-lookup'
import { patienceMs } from './no-page.ts'

export interface Exchange {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** Called once the request is on its way. */
  readonly onSent?: () => void
}

export interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly setCookies: readonly string[]
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** One request and its answer, over plain http, redirects left to the caller. `*.localhost` is the loopback address, as it is to browsers. */
export async function exchange({ method, url, headers = {}, body, onSent }: Exchange): Promise<Answer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const signal = AbortSignal.timeout(patienceMs)
    const options = { method, headers, ...connectTo(new URL(url)), agent: false, signal } as const
    const request = requestHttp(url, options, resolve).once('error', reject)
    if (onSent !== undefined) request.once('finish', onSent)
    request.end(body)
  })
  return {
    status: answer.statusCode ?? 0,
    location: answer.headers.location,
    setCookies: answer.headers['set-cookie'] ?? [],
    headers: answer.headers,
    text: await text(answer),
  }
}
