/** A page as a person sees it. */
export interface SeenPage {
  readonly url: string
  /** A block or a row of a table is a line, cells are separated by a tab. */
  readonly text: string
}

/**
 * A person with a browser. A page that goes on by itself is gone on with; any other waits for the next step.
 * Every method rejects with a sentence that names the page when it cannot do what it was told.
 */
export interface UserAgent {
  readonly kind: 'http' | 'browser'
  /** Goes to an address. */
  open(url: string): Promise<void>
  /** Presses the button or link with exactly this name. */
  press(control: string): Promise<void>
  /** Presses a button, but does not follow the redirect that answers it; answers where it led. */
  catchRedirect(control: string): Promise<string>
  /** The page that is shown now. */
  see(): Promise<SeenPage>
  /** Looks at an address that does not redirect, with the cookies of the browser and without leaving the page. */
  peek(url: string): Promise<{ readonly status: number; readonly text: string }>
  /** Hides the cookies of a host, until `bringBackCookies`. */
  setAsideCookies(url: string): Promise<void>
  bringBackCookies(): Promise<void>
  close(): Promise<void>
}
