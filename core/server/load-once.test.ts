import { expect, test, vi } from 'vitest'
import { loadOnce } from './load-once.ts'

test('nothing is loaded before somebody asks, and it is loaded once', async () => {
  const load = vi.fn(async () => 'module')
  const get = loadOnce(load)
  expect(load).not.toHaveBeenCalled()
  expect(await Promise.all([get(), get()])).toEqual(['module', 'module'])
  expect(load).toHaveBeenCalledOnce()
})

test('what could not be loaded is loaded anew for whoever asks next', async () => {
  const get = loadOnce(vi.fn(async () => 'module').mockRejectedValueOnce(new Error('not there yet')))
  await expect(get()).rejects.toThrow(new Error('not there yet'))
  expect(await get()).toBe('module')
})
