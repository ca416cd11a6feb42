import type { BrowserConditions } from '../scenario/scenario.ts'

/** A page as a person sees it. */
export interface SeenPage {
  readonly url: string
  /** A block or a row of a table is a line, cells are separated by a tab. Where no answer came, one line that begins with `No page: `. */
  readonly text: string
}

/** What is written into the fields of a form, by their names. */
export type Fields = Readonly<Record<string, string>>

/** What a page posts, or a person by hand. */
export interface PostedForm {
  readonly action: string
  readonly fields: Fields
}

/**
 * A tab of a browser. A page that goes on by itself is gone on with, also within frames; any other waits for the next step.
 * Every method rejects with a sentence that names the page when it cannot do what it was told; that a server gives no answer is a page.
 */
export interface Tab {
  /** Goes to an address, as if it was typed. */
  open(url: string): Promise<void>
  /** Posts a form from a page of its own, which is of no site that anybody knows. */
  post(form: PostedForm): Promise<void>
  /** Presses the button or link with exactly this name, after it has filled fields of the form by their names. */
  press(control: string, fields?: Fields): Promise<void>
  /** Presses it twice, the second time before the first has led anywhere: both requests are sent, and the page is what the second led to. */
  pressTwice(control: string): Promise<void>
  /** Back to the page before, as the browser's button does. */
  back(): Promise<void>
  reload(): Promise<void>
  /** The page that is shown now. */
  see(): Promise<SeenPage>
  close(): Promise<void>
}

/** A person with a browser, which has cookies of its own. */
export interface UserAgent {
  readonly kind: 'http' | 'browser'
  /** The tab with this name, opened where it is new. */
  tab(name: string): Promise<Tab>
  /** Looks at an address with the cookies of the browser and without leaving a page; a redirect is not followed. */
  peek(url: string): Promise<{ readonly status: number; readonly text: string }>
  /** Whether the browser has a cookie of a host. */
  hasCookies(url: string): Promise<boolean>
  /** Hides the cookies of a host, until `bringBackCookies`. */
  setAsideCookies(url: string): Promise<void>
  /** Keeps a copy of the cookies of a host, for `bringBackCookies`. */
  copyCookies(url: string): Promise<void>
  /** Puts back what was set aside or copied last. */
  bringBackCookies(): Promise<void>
  /** A picture of the page in the tab that was used last, as PNG; undefined where there is nothing to be seen. */
  screenshot(): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

/** Opens a browser without cookies. */
export type OpenBrowser = (conditions: BrowserConditions) => Promise<UserAgent>
