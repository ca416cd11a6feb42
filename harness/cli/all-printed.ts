import type { Writable } from 'node:stream'

interface Patience {
  /** Who is told to stop waits no longer than this. */
  readonly ms: number
  readonly stop: AbortSignal
}

/**
 * Settles once all that was printed is with whoever reads it, however slowly, or nobody reads any more: a process that ends takes along what waits for room
 * in a socket, which is what the parent of a process often reads from.
 */
export function allPrinted(output: Writable, { ms, stop }: Patience): Promise<void> {
  return new Promise((resolve) => {
    const wait = () => void setTimeout(resolve, ms)
    if (stop.aborted) wait()
    else stop.addEventListener('abort', wait, { once: true })
    output.once('close', resolve)
    output.write('', () => resolve())
  })
}
