import { expect, test } from 'vitest'
import { longestTimerMs } from '#server/timers'
import { type Timer, whenIdle } from './idle.ts'

/** A timer that rings when the test says so. */
function handTimer() {
  const log: string[] = []
  let ring = (): void => undefined
  const start = (run: () => void, ms: number): Timer => {
    log.push(`started ${ms}`)
    ring = run
    return { refresh: () => log.push('again'), unref: () => undefined }
  }
  return { log, start, ring: () => ring() }
}

test('who has not been used for long enough ends', () => {
  const { log, start, ring } = handTimer()
  whenIdle(600_000, () => log.push('ended'), start)
  ring()
  expect(log).toEqual(['started 600000', 'ended'])
})

test('each use lets the time begin again at its end, also one that fails', async () => {
  const { log, start } = handTimer()
  const idle = whenIdle(5, () => log.push('ended'), start)
  expect(await idle.during(() => 'answer')).toBe('answer')
  await expect(idle.during(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(log).toEqual(['started 5', 'again', 'again'])
})

test('who is in use when the time is over stays', async () => {
  const { log, start, ring } = handTimer()
  const idle = whenIdle(5, () => log.push('ended'), start)
  await idle.during(ring)
  expect(log).toEqual(['started 5', 'again', 'again'])
  ring()
  expect(log.at(-1)).toBe('ended')
})

test('who was stopped does not end again', () => {
  const { log, start, ring } = handTimer()
  whenIdle(5, () => log.push('ended'), start).stop()
  ring()
  expect(log).toEqual(['started 5'])
})

test('who may be idle for longer than a timer waits is so for as long as one does', () => {
  const { log, start } = handTimer()
  whenIdle(Number.POSITIVE_INFINITY, () => log.push('ended'), start)
  expect(log).toEqual([`started ${longestTimerMs}`])
})
