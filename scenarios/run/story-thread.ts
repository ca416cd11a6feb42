import { parentPort } from 'node:worker_threads'
import { httpBrowsers } from '../drivers/http-browser.ts'
import { tell } from './tell.ts'
import type { Answer, Order } from './tellers.ts'

/** What runs in a thread of its own: tells the stories that it is sent, in browsers without a screen. */
parentPort?.on('message', async ({ number, asked, options }: Order) => {
  const result = await tell(asked, { ...options, openBrowser: httpBrowsers })
  parentPort?.postMessage({ number, result } satisfies Answer)
})
