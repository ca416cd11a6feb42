import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { allPrinted } from './all-printed.ts'

const flushMs = 500

/** What a long document is printed to, of which nothing was read yet. */
function unreadOutput() {
  const output = new PassThrough({ highWaterMark: 10 })
  const document = 'é'.repeat(1_000)
  output.write(document)
  const stop = new AbortController()
  let isOver = false
  const over = allPrinted(output, { ms: flushMs, stop: stop.signal }).then(() => {
    isOver = true
  })
  return { output, document, stop, over, isOver: () => isOver }
}

function movedClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
}

test('what was printed is waited for, however slowly it is read', async () => {
  movedClock()
  const { output, document, over, isOver } = unreadOutput()
  output.write(document)
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(isOver()).toBe(false)
  const read = text(output)
  await over
  output.end()
  expect(await read).toBe(document.repeat(2))
})

test('who is told to stop waits 500 ms more for whoever does not read', async () => {
  movedClock()
  const { output, document, stop, over, isOver } = unreadOutput()
  output.write(document)
  stop.abort()
  await vi.advanceTimersByTimeAsync(flushMs - 1)
  expect(isOver()).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await over
})

test('who was told to stop before waits 500 ms, too', async () => {
  movedClock()
  const output = new PassThrough({ highWaterMark: 10 })
  output.write('a'.repeat(100))
  output.write('b')
  const over = allPrinted(output, { ms: flushMs, stop: AbortSignal.abort() })
  await vi.advanceTimersByTimeAsync(flushMs)
  await over
})

test('nobody is waited for who has gone', async () => {
  const { output, over } = unreadOutput()
  output.on('error', () => undefined)
  output.write('more')
  output.destroy(new Error('EPIPE'))
  await over
})
