import { expect, test, vi } from 'vitest'
import { makeOnce } from './make-once.ts'

test('what is made under a name is made once, whoever asks for it and when', async () => {
  const get = makeOnce<object>()
  const make = vi.fn(async () => ({}))
  const [one, same] = await Promise.all([get('idp', make), get('idp', make)])
  expect([await get('idp', make), same]).toEqual([one, one])
  expect(await get('sp', make)).not.toBe(one)
  expect(make).toHaveBeenCalledTimes(2)
})

test('what could not be made is made anew for whoever asks next, and then stays', async () => {
  const get = makeOnce<string>()
  const make = vi.fn(async () => 'made')
  make.mockRejectedValueOnce(new Error('the store is away'))
  const asked = await Promise.allSettled([get('idp', make), get('idp', make)])
  expect(asked.map((each) => each.status === 'rejected' && String(each.reason))).toEqual([
    'Error: the store is away',
    'Error: the store is away',
  ])
  expect([await get('idp', make), await get('idp', make)]).toEqual(['made', 'made'])
  expect(make).toHaveBeenCalledTimes(2)
})
