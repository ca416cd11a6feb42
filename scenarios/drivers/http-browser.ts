import { createHttpAgent } from './http-agent.ts'
import type { OpenBrowser } from './user-agent.ts'
export const httpBrowsers: OpenBrowser = async () => {
  const a = createHttpAgent() as never
  const tab = {
    open: (u: string) => a.open(u),
    press: (c: string) => a.press(c),
    see: () => a.see(),
    close: () => a.close(),
  } as never
  return {
    kind: 'http',
    tab: async () => tab,
    peek: (u: string) => a.peek(u),
    setAsideCookies: (u: string) => a.setAsideCookies(u),
    copyCookies: async () => undefined,
    bringBackCookies: () => a.bringBackCookies(),
    screenshot: async () => undefined,
    close: () => a.close(),
  } as never
}
