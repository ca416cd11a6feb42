import { availableParallelism } from 'node:os'
import type { LaunchOptions } from '../drivers/browsers.ts'
import { httpBrowsers } from '../drivers/http-browser.ts'
import type { OpenBrowser, UserAgent } from '../drivers/user-agent.ts'

/** What scenarios are told in. */
export interface Driver {
  readonly kind: UserAgent['kind']
  readonly open: OpenBrowser
  /** Why no browser can be opened, if so. */
  readonly missing?: string
  /** How many are told at a time unless somebody says otherwise. */
  readonly concurrency: number
  close(): Promise<void>
}

/** Opens what scenarios are told in. A browser, and what drives it, is loaded only where it is asked for. */
export async function openDriver(kind: UserAgent['kind'], options: LaunchOptions = {}): Promise<Driver> {
  const cores = availableParallelism()
  const none = { kind, open: httpBrowsers, concurrency: 2 * cores, close: async () => undefined }
  if (kind === 'http') return none
  try {
    const { launchBrowsers } = await import('../drivers/browsers.ts')
    const browsers = await launchBrowsers(options)
    return { kind, open: browsers.open, concurrency: cores, close: () => browsers.close() }
  } catch (error) {
    const [missing = ''] = (error as Error).message.split('\n')
    return { ...none, missing }
  }
}
