import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { loadSoon } from './load-soon.ts'

const made = (loaded: string) => `made of ${loaded}`

test('nothing is loaded while whoever asked is still under way', async () => {
  const load = vi.fn(async () => 'loaded')
  loadSoon(load, made)
  await Promise.resolve()
  expect(load).not.toHaveBeenCalled()
})

test('what nobody asks for is loaded all the same', async () => {
  const load = vi.fn(async () => 'loaded')
  loadSoon(load, made)
  await setImmediate()
  expect(load).toHaveBeenCalledOnce()
})

test('whoever asks does not wait for a turn, and it is loaded once', async () => {
  const load = vi.fn(async () => 'loaded')
  const get = loadSoon(load, made)
  const first = get()
  expect(load).toHaveBeenCalledOnce()
  await setImmediate()
  expect([await first, await get()]).toEqual(['made of loaded', 'made of loaded'])
  expect(load).toHaveBeenCalledOnce()
})

test('what cannot be loaded is told to whoever asks, and to nobody else', async () => {
  const get = loadSoon(() => Promise.reject(new Error('no such module')), made)
  await setImmediate()
  await expect(get()).rejects.toThrow('no such module')
})

test('what nobody asks for is not made, and what is asked for is made once', async () => {
  const make = vi.fn(made)
  const get = loadSoon(async () => 'module', make)
  await setImmediate()
  await setImmediate()
  expect(make).not.toHaveBeenCalled()
  await Promise.all([get(), get()])
  expect(make).toHaveBeenCalledOnce()
})
