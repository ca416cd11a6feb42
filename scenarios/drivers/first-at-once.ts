import type { BrowserContext } from 'playwright'
import type { PlaywrightBrowser } from './playwright-browser.ts'

/** The same browser, whose first context with scripts, and a page in it, is made at once: that takes a fifth of a story, and a world has to start meanwhile. */
export function firstAtOnce(browser: PlaywrightBrowser): PlaywrightBrowser {
  let first: Promise<object> | undefined = makeWithPage(browser)
  // Whoever is given it sees why it could not be made.
  first.catch(() => undefined)
  return {
    browserType: () => browser.browserType(),
    newContext: (options) => {
      const made = options?.javaScriptEnabled === false ? undefined : first
      if (made === undefined) return browser.newContext(options)
      first = undefined
      return made
    },
  }
}

async function makeWithPage(browser: PlaywrightBrowser): Promise<object> {
  const context = (await browser.newContext({ javaScriptEnabled: true })) as BrowserContext
  await context.newPage()
  return context
}
