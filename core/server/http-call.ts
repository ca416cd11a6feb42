import type { IncomingMessage } from 'node:http'
import type { RequestOptions } from 'node:https'
import { connectTo } from './localhost-lookup.ts'
import { longestTimerMs } from './timers.ts'

export interface HttpOptions {
  timeoutMs?: number
  maxBytes?: number
  headers?: Record<string, string>
  /** Whom to trust at an https address, when not those whom the machine trusts. */
  tls?: Pick<RequestOptions, 'ca' | 'rejectUnauthorized' | 'checkServerIdentity'> & {
    /** Whether a certificate among `ca` is trusted that is not its own issuer. */
    allowPartialTrustChain?: boolean
  }
}

export interface HttpAnswer {
  readonly status: number
  /** Where a redirect leads (RFC 9110 §15.4); undefined in any other answer. */
  readonly location: string | undefined
  readonly octets: Buffer
}

/** Nobody answered in time. */
export class HttpTimeout extends Error {
  override readonly name = 'HttpTimeout'
}

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly body?: string
}

/**
 * Asks an address from configuration or metadata. `*.localhost` is the loopback address, redirects are not followed, and neither a slow nor an endless answer
 * is waited for.
 *
 * @throws Error whose message names the method, the URL and what went wrong; HttpTimeout
 */
export async function httpCall({ method, url, body }: HttpCall, options: HttpOptions = {}): Promise<HttpAnswer> {
  const { timeoutMs = 5000, maxBytes = 1024 * 1024, headers = {}, tls = {} } = options
  const signal = AbortSignal.timeout(Math.min(timeoutMs, longestTimerMs))
  try {
    const response = await getResponse(httpUrl(url), { ...tls, method, signal, headers }, body)
    const { statusCode: status = 0 } = response
    const location = [301, 302, 303, 307, 308].includes(status) ? response.headers.location : undefined
    return { status, location, octets: await readBody(response, maxBytes) }
  } catch (cause) {
    if (signal.aborted) throw new HttpTimeout(`${method} ${url}: no complete answer within ${timeoutMs} ms`, { cause })
    throw new Error(`${method} ${url}: ${failure(cause)}`, { cause })
  }
}

export interface HttpStreamOptions extends Pick<HttpOptions, 'headers' | 'tls'> {
  /** After how long without an octet nobody is there any more. */
  readonly silenceMs: number
  /** Aborted when nobody reads on. */
  readonly signal: AbortSignal
}

/**
 * Asks for an answer that does not end. Its octets come as they are read, and end when `signal` is aborted.
 * @throws Error whose message names the method, the URL and what went wrong, also from the octets
 */
export async function httpStream(
  { method, url, body }: HttpCall,
  { headers = {}, tls = {}, silenceMs, signal }: HttpStreamOptions,
): Promise<{ readonly status: number; readonly octets: AsyncIterable<Buffer> }> {
  const failed = (cause: unknown) => new Error(`${method} ${url}: ${failure(cause)}`, { cause })
  const options = { ...tls, method, signal, headers, timeout: silenceMs }
  const response = await getResponse(httpUrl(url), options, body).catch((cause: unknown) => {
    throw failed(cause)
  })
  response.socket.once('timeout', () => response.destroy(silence(silenceMs)))
  async function* octets(): AsyncGenerator<Buffer> {
    try {
      yield* response as AsyncIterable<Buffer>
    } catch (cause) {
      if (!signal.aborted) throw failed(cause)
    }
  }
  return { status: response.statusCode ?? 0, octets: octets() }
}

function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new Error('only http and https addresses can be fetched')
}

async function getResponse(url: URL, options: RequestOptions, body: string | undefined) {
  const { request: send } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(url, { ...options, ...connectTo(url), agent: false }, (response) => {
      request.off('timeout', giveUp)
      resolve(response)
    })
    const giveUp = () => request.destroy(silence(options.timeout))
    request.once('timeout', giveUp).once('error', reject).end(body)
  })
}

const silence = (ms: number | undefined): Error => new Error(`nothing came for ${ms} ms`)

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`the answer is longer than ${maxBytes} octets`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function failure(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  return code === 'ECONNREFUSED' ? 'connection refused' : message
}
