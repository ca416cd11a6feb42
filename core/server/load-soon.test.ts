import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { loadSoon } from './load-soon.ts'

test('nothing is loaded while whoever asked is still under way', async () => {
  const load = vi.fn(async () => 'loaded')
  loadSoon(load)
  await Promise.resolve()
  expect(load).not.toHaveBeenCalled()
})

test('what nobody asks for is loaded all the same', async () => {
  const load = vi.fn(async () => 'loaded')
  loadSoon(load)
  await setImmediate()
  expect(load).toHaveBeenCalledOnce()
})

test('whoever asks does not wait for a turn, and it is loaded once', async () => {
  const load = vi.fn(async () => 'loaded')
  const get = loadSoon(load)
  const first = get()
  expect(load).toHaveBeenCalledOnce()
  await setImmediate()
  expect([await first, await get()]).toEqual(['loaded', 'loaded'])
  expect(load).toHaveBeenCalledOnce()
})

test('what cannot be loaded is told to whoever asks, and to nobody else', async () => {
  const get = loadSoon(() => Promise.reject(new Error('no such module')))
  await setImmediate()
  await expect(get()).rejects.toThrow('no such module')
})
