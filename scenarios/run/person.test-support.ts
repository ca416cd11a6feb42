import type { Lab } from '../../harness/index.ts'
import { createHttpBrowser } from '../drivers/http-browser.ts'
import type { HttpTab } from '../drivers/http-tab.ts'
import type { Tab, UserAgent } from '../drivers/user-agent.ts'
import type { Truth } from '../scenario/expected.ts'
import { type Probed, probeTruth } from './probe-truth.ts'

type AtBrowser = Pick<UserAgent, 'peek' | 'setAsideCookies' | 'bringBackCookies' | 'close'>

/** A person with a browser without a screen, and one tab in it. */
export interface Person extends AtBrowser, Pick<Tab, 'open' | 'press' | 'see'> {
  readonly browser: UserAgent
  /** Presses it and stays on the page; answers where a redirect would have led. */
  catchRedirect(control: string): Promise<string>
}

export function createPerson(): Person {
  const browser = createHttpBrowser()
  const tab = async () => (await browser.tab('first')) as HttpTab
  return {
    browser,
    open: async (url) => (await tab()).open(url),
    press: async (control) => (await tab()).press(control),
    catchRedirect: async (control) => (await tab()).catchRedirect(control),
    see: async () => (await tab()).see(),
    peek: (url) => browser.peek(url),
    setAsideCookies: (url) => browser.setAsideCookies(url),
    bringBackCookies: () => browser.bringBackCookies(),
    close: () => browser.close(),
  }
}

/** What is really so in a world in which every login was this person's. */
export function probeFor({ browser }: Person, lab: Probed['lab'] & Pick<Lab, 'issuedTokens'>): Promise<Truth> {
  const browsers = new Map([['first', browser]])
  return probeTruth({ lab, browsers, browser: async () => browser, loginsIn: () => lab.issuedTokens() })
}
