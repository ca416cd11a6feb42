/** Playwright's `Browser`, by what it can do: whoever tells scenarios without a browser needs no types of playwright. */
export interface PlaywrightBrowser {
  newContext(options?: { javaScriptEnabled?: boolean }): Promise<object>
  browserType(): { name(): string }
}
