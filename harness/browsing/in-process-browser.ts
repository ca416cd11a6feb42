import { CookieJar } from 'tough-cookie'
import type { Fetch } from '#server/serve'
import { type Action, type ParsedPage, parsePage } from './page-controls.ts'

/** Of a page: where it is, what it says, and its controls by name. */
export interface BrowsedPage extends Pick<ParsedPage, 'text' | 'controls'> {
  readonly url: string
}

/** A browser without scripts or screen that reaches the parties of this process, and nobody else, without a socket. */
export interface InProcessBrowser {
  /** Follows redirects and pages that go on by themselves, until one waits for a person. @throws Error when it leads to somebody else or never ends */
  go(action: Action): Promise<BrowsedPage>
}

/** Whom an address means; undefined when that is none of ours. */
export type FindParty = (url: URL) => Fetch | undefined

const mostHops = 30

type VisitedPage = BrowsedPage & Pick<ParsedPage, 'frames'> & { readonly next: Action | undefined }

export function createInProcessBrowser(find: FindParty): InProcessBrowser {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false })
  async function visit(action: Action): Promise<VisitedPage> {
    const { url, method } = action
    const party = find(new URL(url))
    if (party === undefined) throw new Error(`the way leads to ${new URL(url).origin}, which does not run here`)
    const cookie = await jar.getCookieString(url)
    const form = action.method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
    const headers = { accept: 'text/html', ...form, ...(cookie !== '' && { cookie }) }
    const body = action.method === 'POST' ? action.body : null
    const answer = await party(new Request(url, { method, headers, body, redirect: 'manual' }))
    for (const each of answer.headers.getSetCookie()) await jar.setCookie(each, url, { ignoreError: true })
    const text = await answer.text()
    const location = answer.headers.get('location')
    if (location !== null) {
      return {
        url,
        text: '',
        controls: new Map(),
        frames: [],
        next: { method: 'GET', url: new URL(location, url).href },
      }
    }
    const { automatic, refresh, ...page } = parsePage(text, url)
    return { ...page, url, next: automatic ?? (page.frames.length > 0 ? goOnBy(refresh) : undefined) }
  }
  async function go(action: Action): Promise<BrowsedPage> {
    let page = await visit(action)
    for (let hop = 0; ; hop += 1) {
      if (hop === mostHops) throw new Error(`no page after ${mostHops} hops; the last one is ${page.url}`)
      // What a frame shows, or that it shows nothing, is its own affair.
      for (const url of page.frames) await go({ method: 'GET', url }).catch(() => undefined)
      if (page.next === undefined) return page
      page = await visit(page.next)
    }
  }
  return { go }
}

/** A page that waits for what is in its frames goes on behind them. */
const goOnBy = (refresh: ParsedPage['refresh']): Action | undefined => refresh && { method: 'GET', url: refresh.url }
