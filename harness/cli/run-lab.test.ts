import { expect, test, vi } from 'vitest'
import type { Lab } from '../lab.ts'
import { runLab } from './run-lab.ts'

const lab = (): Lab => ({ esUrl: 'http://localhost:9200', close: vi.fn(async () => undefined) })

test('a lab is closed when the process is told to stop, and not before', async () => {
  const stop = new AbortController()
  const running = lab()
  const print = vi.fn()
  const ended = runLab({ print, stop: stop.signal, startLab: async () => running }, {}, true)
  await vi.waitFor(() => expect(print).toHaveBeenCalledOnce())
  expect(running.close).not.toHaveBeenCalled()
  stop.abort()
  await ended
  expect(running.close).toHaveBeenCalledOnce()
})

test('told to stop while starting, it ends without a word', async () => {
  const stop = new AbortController()
  const print = vi.fn()
  const ended = runLab({ print, stop: stop.signal, startLab: () => new Promise(() => undefined) }, {}, true)
  stop.abort()
  await ended
  expect(print).not.toHaveBeenCalled()
})

test('a start that fails because it was given up is no failure', async () => {
  const stop = new AbortController()
  const startLab = ({ signal }: { signal?: AbortSignal }) =>
    new Promise<Lab>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  const ended = runLab({ print: vi.fn(), stop: stop.signal, startLab }, {}, true)
  stop.abort()
  await expect(ended).resolves.toBeUndefined()
})
