import { setTimeout as pause } from 'node:timers/promises'
import { failureOf } from './keep-fresh.ts'
import type { Log } from './logging.ts'

export interface Attempts {
  readonly log: Log
  /** What is tried, for the log: `loading the metadata of the IdP`. */
  readonly what: string
  readonly signal: AbortSignal
  readonly pauseMs?: number
}

/**
 * Does what others must be ready for, again and again until it is done or given up by the signal; then it answers undefined. Never rejects.
 * A failure is logged once for as long as it stays the same, with its code if it has one.
 */
export async function keepTrying<T>(attempt: () => Promise<T>, attempts: Attempts): Promise<T | undefined> {
  const { log, what, signal, pauseMs = 250 } = attempts
  let lastFailure = ''
  while (!signal.aborted) {
    try {
      return await attempt()
    } catch (error) {
      const failed = failureOf(error)
      if (failed.failure !== lastFailure) log.warn(failed, `${what} failed, trying again`)
      lastFailure = failed.failure
    }
    await pause(pauseMs, undefined, { signal }).catch(() => undefined)
  }
  return undefined
}
