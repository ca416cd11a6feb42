import type { BrowserContext, Cookie } from 'playwright'

type KeptCookie = Omit<Cookie, 'sameSite'> & Partial<Pick<Cookie, 'sameSite'>>

/** Cookies of one host that are put away, and put back as they were. */
export class BrowserCookies {
  readonly #context: BrowserContext
  readonly #isChromium: boolean
  #kept: readonly KeptCookie[] = []

  constructor(context: BrowserContext, { isChromium }: { readonly isChromium: boolean }) {
    this.#context = context
    this.#isChromium = isChromium
  }

  async keep(url: string): Promise<void> {
    const [cookies, bare] = await Promise.all([this.#context.cookies(url), this.#withoutSameSite(url)])
    this.#kept = cookies.map(({ sameSite, ...cookie }) => (bare.has(nameOf(cookie)) ? cookie : { ...cookie, sameSite }))
  }

  async removeKept(): Promise<void> {
    for (const { name, domain, path } of this.#kept) await this.#context.clearCookies({ name, domain, path })
  }

  async bringBack(): Promise<void> {
    await this.#context.addCookies([...this.#kept])
  }

  /** Playwright calls them Lax, which they are only when they are older than two minutes. */
  async #withoutSameSite(url: string): Promise<ReadonlySet<string>> {
    const [page] = this.#context.pages()
    if (!this.#isChromium || page === undefined) return new Set()
    const devTools = await this.#context.newCDPSession(page)
    const { cookies } = await devTools.send('Network.getCookies', { urls: [url] })
    await devTools.detach()
    return new Set(cookies.filter(({ sameSite }) => sameSite === undefined).map(nameOf))
  }
}

const nameOf = ({ name, domain, path }: Pick<Cookie, 'name' | 'domain' | 'path'>): string =>
  JSON.stringify([name, domain, path])
