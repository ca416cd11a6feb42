import { isUtf8 } from 'node:buffer'
import { type HttpOptions, httpCall } from './http-call.ts'

export type HttpGetOptions = HttpOptions

/**
 * Asks an address from configuration, as whether a partner is there. `*.localhost` is the loopback address,
 * redirects are not followed, and neither a slow nor an endless answer is waited for.
 *
 * @throws Error whose message names the URL and what went wrong
 */
export async function httpGet(url: string, options?: HttpGetOptions): Promise<{ status: number; body: string }> {
  const { status, octets } = await httpCall({ method: 'GET', url }, options)
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
    const { status, location, octets } = await httpCall({ method: 'GET', url: address }, options)
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
