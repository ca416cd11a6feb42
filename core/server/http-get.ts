import { get as getHttp, type IncomingMessage } from 'node:http'
import { get as getHttps, type RequestOptions } from 'node:https'
import { lookupLocalhost } from './localhost-lookup.ts'

export interface HttpGetOptions {
  timeoutMs?: number
  maxBytes?: number
  headers?: Record<string, string>
  /** Whom to trust at an https address, when not those whom the machine trusts. */
  tls?: Pick<RequestOptions, 'ca' | 'rejectUnauthorized' | 'checkServerIdentity'>
}

/**
 * Asks an address from configuration, as that of a partner's metadata. `*.localhost` is the loopback address,
 * redirects are not followed, and neither a slow nor an endless answer is waited for.
 *
 * @throws Error whose message names the URL and what went wrong
 */
export async function httpGet(url: string, options: HttpGetOptions = {}): Promise<{ status: number; body: string }> {
  const { timeoutMs = 5000, maxBytes = 1024 * 1024, headers = {}, tls = {} } = options
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await getResponse(httpUrl(url), { ...tls, signal, headers })
    return { status: response.statusCode ?? 0, body: await readBody(response, maxBytes) }
  } catch (cause) {
    throw new Error(`GET ${url}: ${failure(cause, signal.aborted, timeoutMs)}`, { cause })
  }
}

/**
 * The document behind an address.
 *
 * @throws Error whose message names the URL and what went wrong, be it an answer other than 200
 */
export async function fetchDocument(url: string, options?: HttpGetOptions): Promise<string> {
  const { status, body } = await httpGet(url, options)
  if (status === 200) return body
  throw new Error(`[${url}] answers ${status}, expected a document`)
}

function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new Error('only http and https addresses can be fetched')
}

function getResponse(url: URL, options: RequestOptions) {
  const get = url.protocol === 'https:' ? getHttps : getHttp
  return new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { ...options, lookup: lookupLocalhost, agent: false }, resolve).once('error', reject)
  })
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`the answer is longer than ${maxBytes} octets`)
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}

function failure(cause: unknown, timedOut: boolean, timeoutMs: number): string {
  if (timedOut) return `no complete answer within ${timeoutMs} ms`
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return 'connection refused'
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'the answer is not UTF-8'
  return message
}
