import { expect, test, vi } from 'vitest'
import { loadOnce } from './load-once.ts'

test('nothing is loaded before somebody asks, and it is loaded once', async () => {
  const load = vi.fn(async () => 'module')
  const get = loadOnce(load)
  expect(load).not.toHaveBeenCalled()
  expect(await Promise.all([get(), get()])).toEqual(['module', 'module'])
  expect(load).toHaveBeenCalledOnce()
})
