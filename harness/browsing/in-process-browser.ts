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

export function createInProcessBrowser(find: FindParty): InProcessBrowser {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false })
  async function visit(action: Action): Promise<BrowsedPage & { next: Action | undefined }> {
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
      return { url, text: '', controls: new Map(), next: { method: 'GET', url: new URL(location, url).href } }
    }
    const { automatic, ...page } = parsePage(text, url)
    return { ...page, url, next: automatic }
  }
  return {
    async go(action) {
      let page = await visit(action)
      for (let hop = 0; page.next !== undefined; hop += 1) {
        if (hop === mostHops) throw new Error(`no page after ${mostHops} hops; the last one is ${page.url}`)
        page = await visit(page.next)
      }
      return page
    },
  }
}
