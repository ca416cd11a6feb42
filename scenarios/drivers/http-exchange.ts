import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from 'node:http'
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

/** As in browsers, a connection is kept for the next request to the same party: to open one takes longer than many a page. */
const kept = new Agent({ keepAlive: true })

/** One request and its answer, over plain http, redirects left to the caller. `*.localhost` is the loopback address, as it is to browsers. */
export async function exchange(asked: Exchange): Promise<Answer> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), patienceMs)
  try {
    const answer = await send(asked, { agent: kept, signal: giveUp.signal })
    return {
      status: answer.statusCode ?? 0,
      location: answer.headers.location,
      setCookies: answer.headers['set-cookie'] ?? [],
      headers: answer.headers,
      text: await text(answer),
    }
  } finally {
    clearTimeout(timer)
  }
}

/** What is sent over a kept connection just when the party ends it is sent again over a new one, as by Chromium, also where it is a POST. */
function send(asked: Exchange, over: Pick<RequestOptions, 'agent' | 'signal'>): Promise<IncomingMessage> {
  const { method, url, headers = {}, body, onSent } = asked
  return new Promise((resolve, reject) => {
    const request = requestHttp(url, { method, headers, ...connectTo(new URL(url)), ...over }, resolve)
    request.once('error', (error: NodeJS.ErrnoException) => {
      const isEnded = request.reusedSocket && error.code === 'ECONNRESET'
      if (isEnded) resolve(send(asked, { ...over, agent: false }))
      else reject(error)
    })
    if (onSent !== undefined) request.once('finish', onSent)
    request.end(body)
  })
}
