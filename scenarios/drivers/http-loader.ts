import type { Action } from '../../harness/browsing/page-controls.ts'
import type { BrowserConditions } from '../scenario/scenario.ts'
import type { HttpCookies } from './http-cookies.ts'
import { documentOf, type HttpDocument, missingDocument, originOf, saidOrigin } from './http-document.ts'
import { type Answer, type Exchange, exchange } from './http-exchange.ts'
import { look } from './look.ts'
import { reasonOf, tooManyRedirects } from './no-page.ts'
import { type FetchSite, fetchSite, isTrustworthy, opaqueOrigin, type PageRequest } from './request-context.ts'

/** As Chromium. */
const mostRedirects = 20

/** What is to be loaded: by whom it was begun, undefined for a person, and the pages around the frame that it is for. */
export interface Load {
  readonly action: Action
  readonly from?: HttpDocument | undefined
  readonly around?: readonly string[]
  /** Its first answer is what is loaded, also where that is a redirect. */
  readonly stays?: boolean
}

interface Hop extends PageRequest {
  readonly body: string | undefined
  readonly origin: string
  readonly site: FetchSite
}

/** Loads pages with the cookies of a browser, as Chromium asks for them. */
export class HttpLoader {
  readonly #cookies: HttpCookies
  readonly #conditions: BrowserConditions

  constructor(cookies: HttpCookies, conditions: BrowserConditions) {
    this.#cookies = cookies
    this.#conditions = conditions
  }

  /** Follows redirects to a page. Where no answer comes, that is the page. */
  async load(load: Load): Promise<HttpDocument> {
    let hop = firstHop(load)
    for (let count = 0; count <= mostRedirects; count += 1) {
      const answer = await exchange(await this.#request(hop)).catch(reasonOf)
      if (typeof answer === 'string') return missingDocument(hop, answer)
      await this.#cookies.take(answer.setCookies, hop)
      const action = actionOf(hop)
      if (load.stays || !isRedirect(answer)) return documentOf(answer, action, this.#conditions)
      hop = redirected(hop, answer)
    }
    return missingDocument(hop, tooManyRedirects)
  }

  /** Sends the first request of a load, whose answer nobody waits for any longer; resolves once it is on its way, to what settles when it was answered. */
  async sendAndForget(load: Load): Promise<{ readonly answered: Promise<unknown> }> {
    const request = await this.#request(firstHop(load))
    return new Promise((resolve) => {
      const answered: Promise<unknown> = exchange({ ...request, onSent: () => resolve({ answered }) }).catch(() => {
        resolve({ answered: Promise.resolve() })
      })
    })
  }

  /** What an address answers, of which nothing is kept. */
  async look(url: string): Promise<{ readonly status: number; readonly text: string }> {
    return look(url, await this.#cookies.headerFor(firstHop({ action: { method: 'GET', url } })))
  }

  async #request(hop: Hop): Promise<Exchange> {
    const { method, url, body, origin, site, around } = hop
    const cookie = await this.#cookies.headerFor(hop)
    const headers = {
      accept: 'text/html',
      ...(cookie !== '' && { cookie }),
      ...(isTrustworthy(url) && { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }),
      ...(isTrustworthy(url) && { 'sec-fetch-dest': around.length > 0 ? 'iframe' : 'document' }),
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded', origin }),
    }
    return { method, url, headers, body }
  }
}

function firstHop({ action, from, around = [] }: Load): Hop {
  const { method, url } = action
  const request = { method, url, around, initiator: from && originOf(from) }
  return {
    ...request,
    body: action.method === 'POST' ? action.body : undefined,
    origin: from === undefined ? opaqueOrigin : saidOrigin(from, url),
    site: fetchSite(request, 'none'),
  }
}

const isRedirect = ({ status, location }: Answer): boolean =>
  status >= 300 && status < 400 && location !== undefined && location !== ''

/** A redirect keeps who began the navigation; only 307 and 308 keep a POST (fetch §4.4). */
function redirected(hop: Hop, { status, location = '' }: Answer): Hop {
  const { hash } = new URL(hop.url)
  const target = new URL(location, hop.url)
  if (target.hash === '') target.hash = hash
  const keepsMethod = hop.method === 'GET' || status === 307 || status === 308
  const next: Hop = { ...hop, url: target.href, ...(!keepsMethod && { method: 'GET', body: undefined }) }
  const here = new URL(hop.url).origin
  const origin = target.origin === here || here === hop.initiator ? hop.origin : opaqueOrigin
  return { ...next, origin, site: fetchSite(next, hop.site) }
}

const actionOf = ({ method, url, body = '' }: Hop): Action =>
  method === 'POST' ? { method, url, body } : { method, url }
