import { Cookie, CookieJar } from 'tough-cookie'
import { systemClock } from '#server/clock'
import { isThirdParty, type PageRequest, type SameSiteContext, sameSiteContext } from './request-context.ts'

/** How long a cookie without `SameSite` goes with a POST that another site began, as in Chromium ("Lax + POST"). */
const freshMs = 120_000

export interface CookieRules {
  readonly thirdPartyCookies?: 'blocked' | undefined
}

/** The cookies of a browser: which are taken from an answer and sent with a request, by the rules of Chromium. */
export class HttpCookies {
  readonly #jar = new CookieJar(undefined, { rejectPublicSuffixes: false })
  readonly #rules: CookieRules
  #kept: Cookie[] = []

  constructor(rules: CookieRules) {
    this.#rules = rules
  }

  /** The `Cookie` header of a request, empty where nothing goes with it. */
  async headerFor(request: PageRequest): Promise<string> {
    if (!this.#isOpen(request)) return ''
    const context = sameSiteContext(request)
    const cookies = await this.#jar.getCookies(request.url)
    return cookies
      .filter((cookie) => goesWith(cookie, context))
      .map((cookie) => cookie.cookieString())
      .join('; ')
  }

  async take(setCookies: readonly string[], request: PageRequest): Promise<void> {
    if (!this.#isOpen(request)) return
    for (const line of setCookies) {
      const cookie = Cookie.parse(line)
      if (cookie === undefined || !mayBeSet(cookie, request)) continue
      await this.#jar.setCookie(cookie, request.url, { ignoreError: true })
    }
  }

  async has(url: string): Promise<boolean> {
    return (await this.#jar.getCookies(url)).length > 0
  }

  async keep(url: string): Promise<void> {
    this.#kept = await this.#jar.getCookies(url)
  }

  async setAside(url: string): Promise<void> {
    await this.keep(url)
    for (const { domain, path, key } of this.#kept) await this.#jar.store.removeCookie(domain, path, key)
  }

  async bringBack(): Promise<void> {
    for (const cookie of this.#kept) await this.#jar.store.putCookie(cookie.clone() ?? cookie)
  }

  async clear(): Promise<void> {
    await this.#jar.removeAllCookies()
  }

  #isOpen(request: PageRequest): boolean {
    return this.#rules.thirdPartyCookies !== 'blocked' || !isThirdParty(request)
  }
}

function goesWith({ sameSite, creation }: Cookie, context: SameSiteContext): boolean {
  if (sameSite === 'none') return true
  if (sameSite === 'strict') return context === 'strict'
  if (context === 'strict' || context === 'lax') return true
  return context === 'lax-unsafe' && sameSite === undefined && systemClock.now() - Number(creation) <= freshMs
}

function mayBeSet({ sameSite, secure, domain }: Cookie, request: PageRequest): boolean {
  // A cookie for a name with a single part would be one for all below it.
  if (domain !== null && !domain.includes('.') && domain !== new URL(request.url).hostname) return false
  return sameSite === 'none' ? secure : sameSiteContext(request) !== 'cross-site'
}
