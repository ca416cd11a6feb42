import { getPublicSuffix } from 'tough-cookie'
import { isLocalhostName } from '#server/localhost-lookup'

/** The origin of a page that belongs to no site. */
export const opaqueOrigin = 'null'

/** A request of a browser for a page or a frame: what decides which cookies go with it. */
export interface PageRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** The origin of the page that began it, by a link, a form or a script; undefined where a person typed the address. */
  readonly initiator: string | undefined
  /** The addresses of the pages around the frame that it is for, the outermost first; none for the page of a tab. */
  readonly around: readonly string[]
}

/** How a request stands to the site that it goes to, as Chromium sees it (rfc6265bis §5.2). */
export type SameSiteContext = 'strict' | 'lax' | 'lax-unsafe' | 'cross-site'

/** A redirect keeps who began; what lies between counts for nothing. A page that another site brings into a frame is never the frame's own affair. */
export function sameSiteContext(request: PageRequest): SameSiteContext {
  const { method, url, initiator, around } = request
  if (isThirdParty(request)) return 'cross-site'
  if (initiator === undefined || siteOf(initiator) === siteOf(url)) return 'strict'
  if (around.length > 0) return 'cross-site'
  return method === 'GET' ? 'lax' : 'lax-unsafe'
}

/** Claims that a page around the frame is of another site. */
export const isThirdParty = ({ url, around }: PageRequest): boolean =>
  around.some((page) => siteOf(page) !== siteOf(url))

/** The scheme and the registrable name; a name directly below `localhost` is one, as to Chromium. */
function siteOf(address: string): string {
  if (!URL.canParse(address)) return opaqueOrigin
  const { protocol, hostname } = new URL(address)
  return `${protocol}//${getPublicSuffix(hostname, { ignoreError: true }) ?? hostname}`
}

export type FetchSite = 'none' | 'same-origin' | 'same-site' | 'cross-site'
const fromNearToFar: readonly FetchSite[] = ['none', 'same-origin', 'same-site', 'cross-site']

/** `Sec-Fetch-Site` of a request whose redirects before it came to `before`: it only ever grows more distant (fetch-metadata §2.4). */
export function fetchSite({ url, initiator }: PageRequest, before: FetchSite): FetchSite {
  if (initiator === undefined) return 'none'
  const now =
    new URL(url).origin === initiator ? 'same-origin' : siteOf(url) === siteOf(initiator) ? 'same-site' : 'cross-site'
  return fromNearToFar.indexOf(now) > fromNearToFar.indexOf(before) ? now : before
}

/** An address that browsers trust as they do https (secure-contexts §3.1): they say where a request comes from. */
export function isTrustworthy(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || isLocalhostName(hostname) || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
