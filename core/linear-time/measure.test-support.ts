import { parentPort } from 'node:worker_threads'

/** Runs in a worker: how long each reader takes over texts that a careless expression would take long over. */

/** A function that peers' text reaches, the file whose expressions it applies, and what stands around a text that goes on and on. */
export type Reader = readonly [file: string, read: (text: string) => unknown, ...frames: (readonly [string, string])[]]

const SMALL = 8 * 1024
const LARGE = 64 * 1024
/** Over 64 KB, and no way to stop anybody. Quadratic takes seconds. */
const NEGLIGIBLE_MS = 100
const LINEAR_RATIO = 20
const QUADRATIC_RATIO = (LARGE / SMALL) ** 2
const ATTEMPTS = 3
const RUNS = 5
/** Enough for all runs together. */
const LONG_MS = 1_000

const units = [
  ...[' ', '\r\n', '\u0085', 'a', '0', '=', '\\', '%', '%%', '/', '.', ',', '"', '&', '#'],
  ...['<a/>', '&amp;', '&Signature=', 'a=', ' a', 'a,'],
]
const anywhere = [
  ['', ''],
  ['a', '\u0000'],
] as const

/** Posts `[file, what, ratio]` for whatever takes longer than in proportion to its text, the file before it begins, and `done`. */
export function measure(readers: readonly Reader[]): void {
  for (const [file, read, ...frames] of readers) {
    parentPort?.postMessage(file)
    for (const [before, after] of [...anywhere, ...frames]) {
      for (const unit of units) {
        const make = (size: number) => before + unit.repeat(size / unit.length) + after
        const ratio = ratioOf(read, make)
        if (ratio > LINEAR_RATIO) parentPort?.postMessage([file, JSON.stringify([before, unit, after]), ratio])
      }
    }
  }
  parentPort?.postMessage('done')
}

// Whatever disturbs a measurement makes it longer: the shortest of several runs counts, of the best of several attempts.
function ratioOf(read: (text: string) => unknown, make: (size: number) => string): number {
  const small = make(SMALL)
  // Then the large text would take a negligible time even if it were quadratic.
  if (shortest(read, small, NEGLIGIBLE_MS / QUADRATIC_RATIO) <= NEGLIGIBLE_MS / QUADRATIC_RATIO) return 0
  const large = make(LARGE)
  let best = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < ATTEMPTS && best > LINEAR_RATIO; attempt += 1) {
    const largeMs = shortest(read, large, NEGLIGIBLE_MS)
    if (largeMs <= NEGLIGIBLE_MS) return 0
    best = Math.min(best, largeMs / shortest(read, small))
  }
  return best
}

/** Of CPU, which a busy machine does not make longer. That of all threads: no other one has anything to do. */
function spentMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

function shortest(read: (text: string) => unknown, text: string, shortEnoughMs = 0): number {
  let shortestMs = Number.POSITIVE_INFINITY
  const begin = spentMs()
  for (let run = 0; run < RUNS && shortestMs > shortEnoughMs && spentMs() - begin < LONG_MS; run += 1) {
    const start = spentMs()
    try {
      read(text)
    } catch {
      // A refusal is as good as an answer: only its time counts.
    }
    shortestMs = Math.min(shortestMs, spentMs() - start)
  }
  return shortestMs
}
