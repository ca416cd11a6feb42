import type { Pause } from './keep-fresh.ts'

/** Pauses that end when the test says so; each tells how long it was meant to be. */
export function pausesByHand() {
  const waiting: { ms: number; end: () => void }[] = []
  let announce: () => void = () => undefined
  const pause: Pause = (ms, signal) =>
    new Promise((resolve) => {
      waiting.push({ ms, end: resolve })
      signal.addEventListener('abort', () => resolve())
      announce()
    })
  const next = async () => {
    if (waiting.length === 0) await new Promise<void>((resolve) => (announce = resolve))
    return waiting.shift() ?? { ms: 0, end: () => undefined }
  }
  return { pause, next }
}
