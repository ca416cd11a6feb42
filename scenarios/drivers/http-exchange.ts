import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http'
import { connectTo } from '#server/localhost-lookup'
import { noAnswer, patienceMs } from './no-page.ts'

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
export function exchange(asked: Exchange): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    let request: ClientRequest
    const timer = setTimeout(() => {
      const late = Object.assign(new Error(noAnswer), { name: 'TimeoutError' })
      reject(late)
      request.destroy(late)
    }, patienceMs)
    const over = () => clearTimeout(timer)
    const fail = (error: unknown) => {
      over()
      reject(error)
    }
    const ask = (agent: Agent | false): void => {
      request = send(asked, agent)
      request.once('response', (answer) => receive(answer).then(resolve, reject).finally(over))
      request.once('error', (error: NodeJS.ErrnoException) => {
        // What is sent over a kept connection just when the party ends it is sent again over a new one, as by Chromium, also where it is a POST.
        if (request.reusedSocket && error.code === 'ECONNRESET') return ask(false)
        fail(error)
      })
    }
    // What is no address over http throws.
    try {
      ask(kept)
    } catch (error) {
      fail(error)
    }
  })
}

function send({ method, url, headers = {}, body, onSent }: Exchange, agent: Agent | false): ClientRequest {
  const target = new URL(url)
  const request = requestHttp(target, { method, headers, agent, ...connectTo(target) })
  if (onSent !== undefined) request.once('finish', onSent)
  request.end(body)
  return request
}

/** By its events: to read each answer as a stream takes longer than most take to come. */
function receive(answer: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = ''
    answer.setEncoding('utf8')
    answer.on('data', (part: string) => {
      text += part
    })
    answer.once('error', reject)
    answer.once('end', () =>
      resolve({
        status: answer.statusCode ?? 0,
        location: answer.headers.location,
        setCookies: answer.headers['set-cookie'] ?? [],
        headers: answer.headers,
        text,
      }),
    )
  })
}
