import { expect, test } from 'vitest'
import { inTime, longestTimerMs, whenAborted } from './timers.ts'

const never = new Promise<string>(() => undefined)

test('what comes in time is answered as it is, and a failure too', async () => {
  expect(await inTime(longestTimerMs, Promise.resolve('there'), () => 'late')).toBe('there')
  const failing = inTime(longestTimerMs, Promise.reject(new Error('failed')), () => 'late')
  await expect(failing).rejects.toThrow(new Error('failed'))
})

test('what does not come in time is what `late` makes of it', async () => {
  expect(await inTime(1, never, (answer) => answer === never)).toBe(true)
  const late = (): never => {
    throw new Error('too late')
  }
  await expect(inTime(1, never, late)).rejects.toThrow(new Error('too late'))
})

test('who waits for a signal is woken by it, and at once where it came before', async () => {
  const ending = new AbortController()
  let isWoken = false
  const waiting = whenAborted(ending.signal).then(() => {
    isWoken = true
  })
  await Promise.resolve()
  expect(isWoken).toBe(false)
  ending.abort()
  await waiting
  expect(await whenAborted(ending.signal)).toBeUndefined()
})
