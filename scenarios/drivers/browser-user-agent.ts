import type { BrowserContext, Page } from 'playwright'
import type { BrowserConditions } from '../scenario/scenario.ts'
import { BrowserCookies } from './browser-cookies.ts'
import { BrowserTab } from './browser-tab.ts'
import { look } from './look.ts'
import type { Tab, UserAgent } from './user-agent.ts'

export interface BrowserUserAgentOptions {
  readonly conditions: BrowserConditions
  /** Chromium can be asked for more than others, by its DevTools. */
  readonly isChromium: boolean
}

/** A person at a real browser: a context of Playwright's. */
export function createBrowserUserAgent(context: object, options: BrowserUserAgentOptions): UserAgent {
  return new BrowserUserAgent(context as BrowserContext, options)
}

class BrowserUserAgent implements UserAgent {
  readonly kind = 'browser'
  readonly #context: BrowserContext
  readonly #options: BrowserUserAgentOptions
  readonly #cookies: BrowserCookies
  readonly #tabs = new Map<string, BrowserTab>()
  /** Pages that were there before anybody asked for a tab. */
  readonly #unused: Page[]
  #lastUsed: BrowserTab | undefined

  constructor(context: BrowserContext, options: BrowserUserAgentOptions) {
    this.#context = context
    this.#options = options
    this.#cookies = new BrowserCookies(context, options)
    this.#unused = context.pages()
  }

  async tab(name: string): Promise<Tab> {
    const tab = this.#tabs.get(name) ?? (await this.#openTab(name))
    this.#lastUsed = tab
    return tab
  }

  async #openTab(name: string): Promise<BrowserTab> {
    const page = this.#unused.pop() ?? (await this.#context.newPage())
    const devTools = this.#options.isChromium ? await this.#context.newCDPSession(page) : undefined
    if (this.#options.conditions.thirdPartyCookies === 'blocked') {
      await devTools?.send('Network.enable')
      await devTools?.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true })
    }
    const tab = new BrowserTab(page, {
      devTools,
      scripts: this.#options.conditions.scripts,
      closed: () => this.#tabs.delete(name),
    })
    this.#tabs.set(name, tab)
    return tab
  }

  async peek(url: string): Promise<{ status: number; text: string }> {
    const cookies = await this.#context.cookies(url)
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    return look(url, cookie)
  }

  async hasCookies(url: string): Promise<boolean> {
    return (await this.#context.cookies(url)).length > 0
  }

  async setAsideCookies(url: string): Promise<void> {
    await this.#cookies.keep(url)
    await this.#cookies.removeKept()
  }

  copyCookies(url: string): Promise<void> {
    return this.#cookies.keep(url)
  }

  bringBackCookies(): Promise<void> {
    return this.#cookies.bringBack()
  }

  async screenshot(): Promise<Uint8Array | undefined> {
    return this.#lastUsed?.screenshot()
  }

  async close(): Promise<void> {
    await this.#context.close()
  }
}
