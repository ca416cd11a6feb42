import { setTimeout } from 'node:timers/promises'
import type { Log } from './logging.ts'
import { longestTimerMs } from './timers.ts'

/** Waits, or is woken by the signal. Never rejects. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>

/** Real time, which holds up no end of the process. */
const pauseUnnoticed: Pause = (ms, signal) =>
  setTimeout(Math.min(ms, longestTimerMs), undefined, { signal, ref: false }).catch(() => undefined)

interface Freshness {
  readonly log: Log
  /** What is refreshed, for the log: `the metadata of the IdP from https://idp.test/metadata`. */
  readonly what: string
  readonly signal: AbortSignal
  /** How long what is there is good for, asked anew each time. */
  readonly freshMs: () => number
  /** How soon another attempt is made when one has failed. */
  readonly retryMs: () => number
  readonly pause?: Pause | undefined
}

/** Loads again and again what is there already, until the signal comes. A failure is a warning and changes nothing. Never rejects. */
export async function keepFresh(load: () => Promise<unknown>, freshness: Freshness): Promise<void> {
  const { log, what, signal, freshMs, retryMs, pause = pauseUnnoticed } = freshness
  let nextMs = freshMs()
  for (;;) {
    await pause(nextMs, signal)
    if (signal.aborted) return
    try {
      await load()
      nextMs = freshMs()
    } catch (error) {
      log.warn(failureOf(error), `refreshing ${what} failed, what is there stays in use`)
      nextMs = retryMs()
    }
  }
}

/** What a log says of something that is not taken: the code of whoever refused it, and why. */
export function failureOf(error: unknown): { readonly code: string | undefined; readonly failure: string } {
  const { code, message: failure } = error as Error & { readonly code?: string }
  return { code, failure }
}
