import { type Cookie, CookieJar } from 'tough-cookie'
import { type Action, type ParsedPage, parsePage } from '../../harness/browsing/page-controls.ts'
import { type Answer, exchange } from './http-exchange.ts'
import type { SeenPage, UserAgent } from './user-agent.ts'

const mostHops = 20

/** A browser without scripts or screen: redirects, forms and cookies as a browser has them, SameSite included. */
export function createHttpAgent(): UserAgent {
  return new HttpAgent()
}

class HttpAgent implements UserAgent {
  readonly kind = 'http'
  readonly #jar = new CookieJar(undefined, { rejectPublicSuffixes: false })
  #aside: Cookie[] = []
  #page: ParsedPage & { url: string } = { url: 'about:blank', text: '', controls: new Map(), automatic: undefined }

  open(url: string): Promise<void> {
    return this.#go({ method: 'GET', url }, undefined)
  }

  async press(control: string): Promise<void> {
    await this.#go(this.#control(control), this.#page.url)
  }

  async catchRedirect(control: string): Promise<string> {
    const action = this.#control(control)
    const { location, status } = await this.#exchange(action, this.#page.url)
    if (location === undefined) throw new Error(`[${control}] is answered with ${status}, expected a redirect`)
    return new URL(location, action.url).href
  }

  async see(): Promise<SeenPage> {
    return { url: this.#page.url, text: this.#page.text }
  }

  async peek(url: string): Promise<{ status: number; text: string }> {
    const { status, text } = await this.#exchange({ method: 'GET', url }, undefined)
    return { status, text: parsePage(text, url).text }
  }

  async setAsideCookies(url: string): Promise<void> {
    this.#aside = await this.#jar.getCookies(url)
    for (const { domain, path, key } of this.#aside) await this.#jar.store.removeCookie(domain, path, key)
  }

  async bringBackCookies(): Promise<void> {
    for (const cookie of this.#aside) await this.#jar.store.putCookie(cookie)
  }

  async close(): Promise<void> {
    await this.#jar.removeAllCookies()
  }

  #control(name: string): Action {
    const action = this.#page.controls.get(name)
    if (action !== undefined) return action
    const names = [...this.#page.controls.keys()].join(', ')
    throw new Error(`${this.#page.url} has no control [${name}]; it has [${names}] and says: ${this.#page.text}`)
  }

  /** Follows redirects and pages that go on by themselves, until a page waits for a person. */
  async #go(action: Action, from: string | undefined): Promise<void> {
    let next: Action | undefined = action
    let initiator = from
    for (let hop = 0; next !== undefined; hop++) {
      if (hop === mostHops) throw new Error(`no page after ${mostHops} hops; the last one is ${next.url}`)
      const answer: Answer = await this.#exchange(next, initiator)
      const { url } = next
      next = this.#arrive(url, answer)
      // A redirect keeps who began the navigation; a page that goes on by itself begins one.
      if (answer.location === undefined) initiator = url
    }
  }

  #arrive(url: string, { location, text }: Answer): Action | undefined {
    if (location !== undefined) return { method: 'GET', url: new URL(location, url).href }
    this.#page = { ...parsePage(text, url), url }
    return this.#page.automatic
  }

  async #exchange(action: Action, initiator: string | undefined): Promise<Answer> {
    const answer = await exchange({ ...action, headers: await this.#headers(action, initiator) })
    for (const cookie of answer.setCookies) await this.#jar.setCookie(cookie, action.url, { ignoreError: true })
    return answer
  }

  async #headers({ method, url }: Action, initiator: string | undefined): Promise<Record<string, string>> {
    const isSameSite = initiator === undefined || new URL(initiator).hostname === new URL(url).hostname
    const sameSiteContext = isSameSite ? 'strict' : method === 'GET' ? 'lax' : 'none'
    const cookie = await this.#jar.getCookieString(url, { sameSiteContext })
    return {
      ...(cookie !== '' && { cookie }),
      ...(method === 'POST' && {
        'content-type': 'application/x-www-form-urlencoded',
        origin: initiator === undefined ? 'null' : new URL(initiator).origin,
      }),
    }
  }
}
