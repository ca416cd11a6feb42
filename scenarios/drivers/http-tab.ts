import type { Action } from '../../harness/browsing/page-controls.ts'
import { blankDocument, type HttpDocument, missingDocument } from './http-document.ts'
import type { HttpLoader, Load } from './http-loader.ts'
import { goOn } from './http-standstill.ts'
import { missingControl, missingField } from './missing-control.ts'
import { wouldPostAgain } from './no-page.ts'
import type { Fields, PostedForm, SeenPage, Tab } from './user-agent.ts'

/** What a tab keeps of a page, to ask for it again. */
interface Visit {
  readonly action: Action
  readonly from: HttpDocument | undefined
}

const blankVisit: Visit = { action: { method: 'GET', url: blankDocument.url }, from: undefined }

/** A tab without screen or scripts: redirects, forms, frames and history as a browser has them. */
export class HttpTab implements Tab {
  readonly #loader: HttpLoader
  readonly #closed: () => void
  #history: Visit[] = [blankVisit]
  #page: HttpDocument = blankDocument

  constructor(loader: HttpLoader, closed: () => void) {
    this.#loader = loader
    this.#closed = closed
  }

  open(url: string): Promise<void> {
    return this.#go({ action: { method: 'GET', url } })
  }

  post({ action: url, fields }: PostedForm): Promise<void> {
    this.#arrive(blankDocument, { visit: blankVisit, takesPlace: false })
    return this.#go({ action: { method: 'POST', url, body: String(new URLSearchParams(fields)) }, from: blankDocument })
  }

  async press(control: string, fields: Fields = {}): Promise<void> {
    await this.#go({ action: filled(this.#control(control), fields), from: this.#page })
  }

  async pressTwice(control: string): Promise<void> {
    const load = { action: this.#control(control), from: this.#page }
    const { answered } = await this.#loader.sendAndForget(load)
    await this.#go(load)
    await answered
  }

  /** Presses it and stays on the page; answers where a redirect would have led. @throws Error when it is answered by none */
  async catchRedirect(control: string): Promise<string> {
    const { url, headers } = await this.#loader.load({ action: this.#control(control), from: this.#page, stays: true })
    if (headers.location === undefined) throw new Error(`[${control}] is answered by no redirect`)
    return new URL(headers.location, url).href
  }

  async back(): Promise<void> {
    if (this.#history.length === 1) throw new Error(`there is no page before ${this.#page.url}`)
    this.#history.pop()
    const { action, from } = this.#visit()
    // No page of a logout is kept, and what was posted is not posted again without asking.
    if (action.method === 'POST') this.#page = missingDocument(action, wouldPostAgain)
    else await this.#again({ action, from })
  }

  reload(): Promise<void> {
    return this.#again(this.#visit())
  }

  async see(): Promise<SeenPage> {
    return { url: this.#page.url, text: this.#page.text }
  }

  async close(): Promise<void> {
    this.#closed()
  }

  #visit(): Visit {
    return this.#history.at(-1) ?? blankVisit
  }

  #control(name: string): Action {
    const { controls, url, text } = this.#page
    const action = controls.get(name)
    if (action === undefined) throw missingControl(name, { url, text, controls: [...controls.keys()] })
    return action
  }

  /** As in Chromium, to ask for the page that is shown takes its place. */
  async #go(load: Load): Promise<void> {
    const isSame = load.action.method === 'GET' && load.action.url === this.#page.url
    await this.#show(load, isSame)
  }

  async #again({ action, from }: Visit): Promise<void> {
    if (action.url === blankDocument.url) this.#page = blankDocument
    else await this.#show({ action, from }, true)
  }

  async #show(load: Load, takesPlace: boolean): Promise<void> {
    const loader = this.#loader
    const first = await loader.load(load)
    this.#arrive(first, { visit: visitOf(first, load), takesPlace })
    await goOn(first, {
      loader,
      arrive: (page, takes) => {
        const { automatic } = this.#page
        const from = this.#page
        const action = automatic ?? { method: 'GET', url: page.url }
        this.#arrive(page, { visit: visitOf(page, { action, from }), takesPlace: takes })
      },
    })
  }

  #arrive(page: HttpDocument, { visit, takesPlace }: { readonly visit: Visit; readonly takesPlace: boolean }): void {
    if (takesPlace) this.#history.pop()
    this.#history.push(visit)
    this.#page = page
  }
}

/** Where redirects led from a form, the page is asked for by GET. */
function visitOf({ url, method }: HttpDocument, { action, from }: Load): Visit {
  const again: Action = method === 'POST' && action.method === 'POST' ? { ...action, url } : { method: 'GET', url }
  return { action: again, from }
}

/** @throws Error when the form has no such field */
function filled(action: Action, fields: Fields): Action {
  const body = new URLSearchParams(action.method === 'POST' ? action.body : '')
  for (const [name, value] of Object.entries(fields)) {
    if (!body.has(name)) throw missingField(name)
    body.set(name, value)
  }
  return action.method === 'POST' ? { ...action, body: body.toString() } : action
}
