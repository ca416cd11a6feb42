import type { BrowserContext, Cookie, Locator, Page } from 'playwright'
import type { SeenPage, UserAgent } from './user-agent.ts'

interface PausedAnswer {
  readonly requestId: string
  readonly request: { readonly url: string }
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[]
}

/** What is used inside the page, where Node's types do not reach. */
interface BrowserGlobals {
  readonly document: { readonly readyState: string; readonly scripts: { readonly length: number } }
}

/** Playwright's `BrowserContext`, by what it can do: whoever tells scenarios without a browser needs no types of playwright. */
export interface PlaywrightContext {
  newPage(): Promise<object>
  newCDPSession(page: never): Promise<object>
  close(): Promise<void>
}

/** The same person at a real browser: a Playwright context of its own. */
export async function createBrowserAgent(context: PlaywrightContext): Promise<UserAgent> {
  const own = context as BrowserContext
  return new BrowserAgent(own, await own.newPage())
}

class BrowserAgent implements UserAgent {
  readonly kind = 'browser'
  readonly #context: BrowserContext
  readonly #page: Page
  #aside: Cookie[] = []

  constructor(context: BrowserContext, page: Page) {
    this.#context = context
    this.#page = page
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(url)
    await this.#settle()
  }

  async press(control: string): Promise<void> {
    await Promise.all([this.#page.waitForEvent('framenavigated'), this.#control(control).click()])
    await this.#settle()
  }

  async catchRedirect(control: string): Promise<string> {
    // Playwright's own routes see only the first request of a chain; the DevTools protocol also sees the redirect that answers it.
    const devTools = await this.#context.newCDPSession(this.#page)
    await devTools.send('Fetch.enable', { patterns: [{ requestStage: 'Response', resourceType: 'Document' }] })
    const paused = new Promise<PausedAnswer>((resolve) => devTools.once('Fetch.requestPaused', resolve))
    await this.#control(control).click({ noWaitAfter: true })
    const { requestId, request, responseHeaders = [] } = await paused
    const location = responseHeaders.find(({ name }) => name.toLowerCase() === 'location')
    await devTools.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    await devTools.detach()
    if (location === undefined) throw new Error(`[${control}] is not answered with a redirect`)
    return new URL(location.value, request.url).href
  }

  async see(): Promise<SeenPage> {
    const text = await this.#page.locator('body').innerText()
    return { url: this.#page.url(), text: text.replace(/\n+/g, '\n').trim() }
  }

  async peek(url: string): Promise<{ status: number; text: string }> {
    const page = await this.#context.newPage()
    try {
      const answer = await page.goto(url)
      return { status: answer?.status() ?? 0, text: await page.locator('body').innerText() }
    } finally {
      await page.close()
    }
  }

  async setAsideCookies(url: string): Promise<void> {
    this.#aside = await this.#context.cookies(url)
    for (const { name, domain, path } of this.#aside) await this.#context.clearCookies({ name, domain, path })
  }

  async bringBackCookies(): Promise<void> {
    await this.#context.addCookies(this.#aside)
  }

  async close(): Promise<void> {
    await this.#context.close()
  }

  #control(name: string): Locator {
    const button = this.#page.getByRole('button', { name, exact: true })
    return button.or(this.#page.getByRole('link', { name, exact: true }))
  }

  /** A page with a script goes on by itself: it is waited for until a page without one stands still. */
  async #settle(): Promise<void> {
    await this.#page.waitForFunction(() => {
      const { document } = globalThis as unknown as BrowserGlobals
      return document.readyState === 'complete' && document.scripts.length === 0
    })
  }
}
