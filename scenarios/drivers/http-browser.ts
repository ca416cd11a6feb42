import type { BrowserConditions } from '../scenario/scenario.ts'
import { HttpCookies } from './http-cookies.ts'
import { HttpLoader } from './http-loader.ts'
import { HttpTab } from './http-tab.ts'
import type { OpenBrowser, Tab, UserAgent } from './user-agent.ts'

/** A browser without scripts or screen: redirects, forms, frames, history and cookies as Chromium has them, `SameSite` included. */
export function createHttpBrowser(conditions: BrowserConditions = {}): UserAgent {
  return new HttpBrowser(conditions)
}

/** Opens browsers without scripts or screen. */
export const httpBrowsers: OpenBrowser = async (conditions) => createHttpBrowser(conditions)

class HttpBrowser implements UserAgent {
  readonly kind = 'http'
  readonly #cookies: HttpCookies
  readonly #loader: HttpLoader
  readonly #tabs = new Map<string, Tab>()

  constructor(conditions: BrowserConditions) {
    this.#cookies = new HttpCookies(conditions)
    this.#loader = new HttpLoader(this.#cookies, conditions)
  }

  async tab(name: string): Promise<Tab> {
    const tab = this.#tabs.get(name) ?? new HttpTab(this.#loader, () => this.#tabs.delete(name))
    this.#tabs.set(name, tab)
    return tab
  }

  peek(url: string): Promise<{ status: number; text: string }> {
    return this.#loader.look(url)
  }

  hasCookies(url: string): Promise<boolean> {
    return this.#cookies.has(url)
  }

  setAsideCookies(url: string): Promise<void> {
    return this.#cookies.setAside(url)
  }

  copyCookies(url: string): Promise<void> {
    return this.#cookies.keep(url)
  }

  bringBackCookies(): Promise<void> {
    return this.#cookies.bringBack()
  }

  async screenshot(): Promise<undefined> {
    return undefined
  }

  async close(): Promise<void> {
    this.#tabs.clear()
    await this.#cookies.clear()
  }
}
