import { existsSync } from 'node:fs'
import { createBrowserUserAgent } from './browser-user-agent.ts'
import { chromiumArgs } from './chromium-args.ts'
import { firstAtOnce } from './first-at-once.ts'
import type { PlaywrightBrowser } from './playwright-browser.ts'
import type { OpenBrowser } from './user-agent.ts'

const browserEngines = ['chromium', 'firefox', 'webkit'] as const
export type BrowserEngine = (typeof browserEngines)[number]

export interface LaunchOptions {
  readonly engine?: BrowserEngine
  /** The program to run; for Chromium the system's headless shell unless named, else Playwright's own, else the system's Chromium. */
  readonly executablePath?: string
}

export interface LaunchedBrowsers {
  readonly open: OpenBrowser
  close(): Promise<void>
}

/** Opens browsers within one of Playwright's: each is a context of its own. */
export function browsersOf(browser: PlaywrightBrowser): OpenBrowser {
  return async (conditions) => {
    const { scripts, thirdPartyCookies } = conditions
    const engine = browser.browserType().name()
    if (thirdPartyCookies === 'blocked' && engine !== 'chromium') {
      throw new TypeError(`thirdPartyCookies: blocked is for chromium, this browser is ${engine}`)
    }
    const context = await browser.newContext({ javaScriptEnabled: scripts !== 'off' })
    return createBrowserUserAgent(context, { conditions, isChromium: engine === 'chromium' })
  }
}

/** Starts one process of a browser, without a window, for as many browsers as are opened. @throws Error in one sentence when Playwright or the browser is not installed */
export async function launchBrowsers({
  engine = 'chromium',
  executablePath,
}: LaunchOptions = {}): Promise<LaunchedBrowsers> {
  const playwright = await import('playwright').catch((cause: unknown) => {
    throw new Error('the browser driver needs Playwright, which is not installed: npm install playwright', { cause })
  })
  const type = playwright[engine]
  const own = type.executablePath()
  const program = executablePath ?? (engine === 'chromium' ? findChromium(own) : undefined)
  if (!existsSync(program ?? own)) throw new Error(missingProgram(engine, executablePath))
  const browser = await type.launch({
    // Whoever runs stories ends them, and us, in order.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    ...(program !== undefined && { executablePath: program }),
    ...(engine === 'chromium' && { args: [...chromiumArgs], chromiumSandbox: process.getuid?.() !== 0 }),
  })
  return { open: browsersOf(firstAtOnce(browser)), close: () => browser.close() }
}

const missingProgram = (engine: BrowserEngine, named: string | undefined): string =>
  named === undefined
    ? `${engine} is not installed: npx playwright install ${engine}`
    : `there is no program [${named}]`

const headlessShell = '/usr/bin/chromium-headless-shell'
const systemChromium = '/usr/bin/chromium'

/** Chromium itself shuts cookies out of frames wherever it keeps nothing, as in every context of Playwright: it comes last. */
const findChromium = (own: string): string | undefined =>
  [headlessShell, own, systemChromium].find((path) => existsSync(path))
