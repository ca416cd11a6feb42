import { setTimeout as sleep } from 'node:timers/promises'
import type { Frame, Page } from 'playwright'
import type { BrowserConditions } from '../scenario/scenario.ts'
import { type BrowserWatch, isErrorPage } from './browser-watch.ts'
import { longestWaitMs, patienceMs } from './no-page.ts'

const lookEveryMs = 15
const longestLookMs = 1_000

/** What is used inside the page, where Node's types do not reach. */
interface BrowserGlobals {
  addEventListener(type: 'load', listener: (event: unknown) => void): void
  readonly document: {
    readonly readyState: string
    readonly scripts: { readonly length: number }
    querySelector(selector: string): object | null
    querySelectorAll(selector: string): Iterable<{ readonly textContent: string }>
  }
}

interface Waiting {
  readonly watch: BrowserWatch
  /** How many pages had come before. */
  readonly since: number
  readonly scripts: BrowserConditions['scripts']
}

type Stillness = 'still' | 'moving' | 'waiting'

/** How it ended: what was asked for last gave no answer, or something else is shown. */
export type Standstill = 'page' | 'no answer'

/** Waits until another page has come and neither it nor a frame goes on by itself; one that reloads itself is left as it stands after a while. @throws Error when nothing comes of it, or pages go on for ever */
export async function untilStill(page: Page, { watch, since, scripts }: Waiting): Promise<Standstill> {
  const begun = performance.now()
  for (;;) {
    const now = performance.now()
    if (watch.pending !== undefined && now - watch.pending.at > patienceMs) return 'no answer'
    const hasCome = watch.arrivals > since
    if (watch.pending === undefined && watch.stays) return 'page'
    const stillness = watch.pending === undefined && hasCome ? await stillnessOf(page, { watch, scripts }) : 'moving'
    if (stillness === 'still' && watch.pending === undefined) return 'page'
    if (!hasCome && watch.pending === undefined && now - begun > patienceMs)
      throw new Error(`nothing comes of it on ${watch.url}`)
    if (now - begun > longestWaitMs && watch.pending === undefined) {
      if (stillness === 'waiting') return 'page'
      throw new Error(`${watch.url} goes on by itself for more than ${longestWaitMs / 1_000} s`)
    }
    await sleep(lookEveryMs)
  }
}

async function stillnessOf(page: Page, { watch, scripts }: Omit<Waiting, 'since'>): Promise<Stillness> {
  if (watch.isErrorPage) return 'still'
  const own = await look(page.mainFrame(), scripts)
  if (own !== 'still') return own
  const frames = page.frames().filter((frame) => frame !== page.mainFrame() && !isErrorPage(frame.url()))
  const all = await Promise.all(frames.map((frame) => look(frame, scripts)))
  return all.every((each) => each === 'still') ? 'still' : 'moving'
}

/** A document that is just being left gives no answer, or a late one. */
async function look(frame: Frame, scripts: Waiting['scripts']): Promise<Stillness> {
  const late = sleep(longestLookMs, 'moving' as const, { ref: false })
  return Promise.race([frame.evaluate(stillness, scripts).catch(() => 'moving' as const), late])
}

/** Runs in the page. As without a browser: what goes on by itself has a script and a control called Continue, or a refresh. */
async function stillness(scripts: 'off' | undefined): Promise<Stillness> {
  const { document, addEventListener } = globalThis as unknown as BrowserGlobals
  if (document.readyState !== 'complete') {
    // Where scripts are off, nothing that waits here would go on.
    if (scripts === 'off') return 'moving'
    await new Promise((resolve) => addEventListener('load', resolve))
  }
  if (document.querySelector('meta[http-equiv=refresh i]') !== null) return 'waiting'
  if (scripts === 'off' || document.scripts.length === 0) return 'still'
  const controls = [...document.querySelectorAll('a[href], form button')]
  return controls.some(({ textContent }) => textContent.trim() === 'Continue') ? 'moving' : 'still'
}
