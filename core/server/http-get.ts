import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { RequestOptions } from 'node:https'
import { lookupLocalhost } from './localhost-lookup.ts'

export interface HttpGetOptions {
  timeoutMs?: number
  maxBytes?: number
  headers?: Record<string, string>
  /** Whom to trust at an https address, when not those whom the machine trusts. */
  tls?: Pick<RequestOptions, 'ca' | 'rejectUnauthorized' | 'checkServerIdentity'> & {
    /** Whether a certificate among `ca` is trusted that is not its own issuer. */
    allowPartialTrustChain?: boolean
  }
}

/**
 * Asks an address from configuration, as whether a partner is there. `*.localhost` is the loopback address,
 * redirects are not followed, and neither a slow nor an endless answer is waited for.
 *
 * @throws Error whose message names the URL and what went wrong
 */
export async function httpGet(url: string, options?: HttpGetOptions): Promise<{ status: number; body: string }> {
  const { status, octets } = await get(url, options)
  if (!isUtf8(octets)) throw new Error(`GET ${url}: the answer is not UTF-8`)
  return { status, body: new TextDecoder().decode(octets) }
}

const mostRedirects = 5

/**
 * The document behind an address, as that of a partner's metadata, in whatever encoding it is. Where the address leads on to another, that one is asked: a few
 * times at most, and never by http for https. Time and size are bounded for each answer.
 *
 * @throws Error whose message names the URL and what went wrong, be it an answer other than 200
 */
export async function fetchDocument(url: string, options?: HttpGetOptions): Promise<Buffer> {
  let address = url
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const { status, location, octets } = await get(address, options)
    if (status === 200) return octets
    if (location === undefined) throw new Error(`[${address}] answers ${status}, expected a document`)
    address = redirectTarget(address, location)
  }
  throw new Error(`[${url}] leads on to another address more than ${mostRedirects} times`)
}

function redirectTarget(address: string, location: string): string {
  const target = URL.canParse(location, address) ? new URL(location, address) : undefined
  if (target === undefined) throw new Error(`[${address}] leads on to [${location}], which is no address`)
  if (address.startsWith('https:') && target.protocol !== 'https:') {
    throw new Error(`[${address}] leads on to [${target.href}], which is not behind https`)
  }
  return target.href
}

interface Answer {
  readonly status: number
  /** Where a redirect leads (RFC 9110 §15.4); undefined in any other answer. */
  readonly location: string | undefined
  readonly octets: Buffer
}

// What Node's timers can wait for; longer is not at all.
const longestMs = 2 ** 31 - 1

async function get(url: string, options: HttpGetOptions = {}): Promise<Answer> {
  const { timeoutMs = 5000, maxBytes = 1024 * 1024, headers = {}, tls = {} } = options
  const signal = AbortSignal.timeout(Math.min(timeoutMs, longestMs))
  try {
    const response = await getResponse(httpUrl(url), { ...tls, signal, headers })
    const { statusCode: status = 0 } = response
    const location = [301, 302, 303, 307, 308].includes(status) ? response.headers.location : undefined
    return { status, location, octets: await readBody(response, maxBytes) }
  } catch (cause) {
    throw new Error(`GET ${url}: ${failure(cause, signal.aborted, timeoutMs)}`, { cause })
  }
}

function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new Error('only http and https addresses can be fetched')
}

async function getResponse(url: URL, options: RequestOptions) {
  const { get: send } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise<IncomingMessage>((resolve, reject) => {
    send(url, { ...options, lookup: lookupLocalhost, agent: false }, resolve).once('error', reject)
  })
}

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

function failure(cause: unknown, timedOut: boolean, timeoutMs: number): string {
  if (timedOut) return `no complete answer within ${timeoutMs} ms`
  const { code, message } = cause as NodeJS.ErrnoException
  return code === 'ECONNREFUSED' ? 'connection refused' : message
}
