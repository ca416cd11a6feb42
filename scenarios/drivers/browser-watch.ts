import type { Page, Request } from 'playwright'

const aborted = 'net::ERR_ABORTED'

/** What goes on in the main frame of a page, told by its events. */
export class BrowserWatch {
  /** What is shown: Playwright's own `url()` is another one where a page did not load. */
  url = 'about:blank'
  /** How many pages have come. */
  arrivals = 0
  /** What is asked for and has not come. */
  pending: { readonly request: Request; readonly at: number } | undefined
  /** Of what was asked for last, and why it did not come. */
  failure: { readonly url: string; readonly error: string } | undefined
  /** Whether the last request led to no page, and the one before stays: a download, or no content. */
  stays = false

  constructor(page: Page) {
    const isOwn = (request: Request) => request.isNavigationRequest() && request.frame() === page.mainFrame()
    page.on('request', (request) => {
      if (!isOwn(request)) return
      this.pending = { request, at: performance.now() }
      this.stays = false
    })
    page.on('requestfailed', (request) => {
      if (request !== this.pending?.request) return
      const error = request.failure()?.errorText ?? ''
      if (error !== aborted) this.failure = { url: request.url(), error }
      this.stays = error === aborted
      // Where it failed, a page that says so is on its way.
      if (this.stays) this.pending = undefined
    })
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) return
      this.url = frame.url()
      this.arrivals += 1
      this.pending = undefined
    })
  }

  get isErrorPage(): boolean {
    return isErrorPage(this.url)
  }
}

export const isErrorPage = (url: string): boolean => url.startsWith('chrome-error:')
