import type { CDPSession, Page } from 'playwright'
import type { BrowserConditions } from '../scenario/scenario.ts'
import { findControl, type Spot } from './browser-control.ts'
import { pressBoth } from './browser-double-press.ts'
import { fillFields } from './browser-fields.ts'
import { type Standstill, untilStill } from './browser-standstill.ts'
import { BrowserWatch } from './browser-watch.ts'
import { missingControl } from './missing-control.ts'
import { noAnswer, noPage, reasonOf } from './no-page.ts'
import type { Fields, PostedForm, SeenPage, Tab } from './user-agent.ts'

export interface BrowserTabOptions {
  /** A session of its DevTools, where the browser is Chromium. */
  readonly devTools: CDPSession | undefined
  readonly scripts: BrowserConditions['scripts']
  readonly closed: () => void
}

const whenAsked = { waitUntil: 'commit', timeout: 0 } as const

/** A tab of a real browser. */
export class BrowserTab implements Tab {
  readonly #page: Page
  readonly #options: BrowserTabOptions
  readonly #watch: BrowserWatch
  /** What is seen where no answer came. */
  #missing: SeenPage | undefined

  constructor(page: Page, options: BrowserTabOptions) {
    this.#page = page
    this.#options = options
    this.#watch = new BrowserWatch(page)
  }

  async open(url: string): Promise<void> {
    await this.#go(() => this.#page.goto(url, whenAsked))
  }

  async post(form: PostedForm): Promise<void> {
    await this.#go(() => this.#page.goto('about:blank'))
    await this.#go(() => this.#page.evaluate(submit, form))
  }

  async press(name: string, fields: Fields = {}): Promise<void> {
    const { x, y } = await this.#control(name)
    if (Object.keys(fields).length > 0) await fillFields(this.#page, fields)
    await this.#go(() => this.#page.mouse.click(x, y))
  }

  async pressTwice(name: string): Promise<void> {
    const spot = await this.#control(name)
    const { devTools } = this.#options
    await this.#go(() => (devTools ? pressBoth(spot, devTools) : this.#page.mouse.dblclick(spot.x, spot.y)))
  }

  async back(): Promise<void> {
    const history = await this.#options.devTools?.send('Page.getNavigationHistory')
    if (history?.currentIndex === 0) throw new Error(`there is no page before ${(await this.see()).url}`)
    await this.#go(() => this.#page.goBack(whenAsked))
  }

  async reload(): Promise<void> {
    await this.#go(() => this.#page.reload(whenAsked))
  }

  async see(): Promise<SeenPage> {
    if (this.#missing !== undefined) return this.#missing
    const text = await this.#page.evaluate(bodyText).catch((error: unknown) => this.#textOfNext(error))
    return { url: this.#watch.url, text: text.replace(/\n+/g, '\n').trim() }
  }

  /** Of two presses the second may lead away from the page that the first led to, while that is looked at. */
  async #textOfNext(error: unknown): Promise<string> {
    if (!(error instanceof Error) || !error.message.includes('Execution context was destroyed')) throw error
    const { scripts } = this.#options
    await untilStill(this.#page, { watch: this.#watch, since: this.#watch.arrivals - 1, scripts })
    return this.#page.evaluate(bodyText)
  }

  screenshot(): Promise<Uint8Array> {
    return this.#page.screenshot()
  }

  async close(): Promise<void> {
    this.#options.closed()
    await this.#page.close()
  }

  async #control(name: string): Promise<Spot> {
    const { spot, controls } =
      this.#missing === undefined ? await findControl(this.#page, name) : { spot: undefined, controls: [] }
    if (spot !== undefined) return spot
    throw missingControl(name, { ...(await this.see()), controls })
  }

  /** Does what leads to another page, and waits until one stands still. */
  async #go(cause: () => Promise<unknown>): Promise<void> {
    this.#missing = undefined
    const since = this.#watch.arrivals
    const problem = cause().then(() => undefined, forgetLoading)
    const still = untilStill(this.#page, { watch: this.#watch, since, scripts: this.#options.scripts })
    // Who cannot even press need not wait for what comes of it.
    const refused = async (): Promise<Error | Standstill> => (await problem) ?? still
    const first = await Promise.race([refused(), still])
    if (first instanceof Error) throw first
    const { pending, failure, isErrorPage } = this.#watch
    if (first === 'no answer') {
      await this.#options.devTools?.send('Page.stopLoading')
      this.#missing = { url: pending?.request.url() ?? '', text: noPage(noAnswer) }
    } else if (isErrorPage) {
      this.#missing = { url: failure?.url ?? '', text: noPage(reasonOf(failure?.error ?? '')) }
    }
    await problem
  }
}

/** That a page did not load, or took the place of one that was asked something, is told by events. */
function forgetLoading(error: unknown): Error | undefined {
  if (!(error instanceof Error)) throw error
  return /net::|navigation|interrupted|Target .* closed/.test(error.message) ? undefined : error
}

/** Runs in the page. */
function bodyText(): string {
  const { document } = globalThis as unknown as BrowserGlobals
  return document.body.innerText
}

interface FormElement {
  method: string
  action: string
  append(child: object): void
  submit(): void
}

interface BrowserGlobals {
  readonly document: {
    readonly body: { readonly innerText: string; append(child: object): void }
    createElement(name: string): FormElement
  }
}

/** Runs in the page. */
function submit({ action, fields }: PostedForm): void {
  const { document } = globalThis as unknown as BrowserGlobals
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', action })
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  }
  document.body.append(form)
  form.submit()
}
