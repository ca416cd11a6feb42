import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { testStores } from '#server/store/stores.test-support'
import { replayMemory } from './replay-memory.ts'

const { storeKinds } = testStores()

const clock = () => settableClock('2031-05-04T12:00:00Z')

test.each(storeKinds)('%s: a Response is taken once, by whoever takes it at once', async (_kind, newStore) => {
  const memory = replayMemory({ store: newStore(), clock: clock() })
  const taken = await Promise.all(Array.from({ length: 4 }, () => memory.take('PFJlc3BvbnNlLz4=')))
  expect(taken.filter(Boolean)).toEqual([true])
  expect(await memory.take('PFJlc3BvbnNlLz4=')).toBe(false)
})

test.each(storeKinds)('%s: another spelling of the same octets is the same Response', async (_kind, newStore) => {
  const memory = replayMemory({ store: newStore(), clock: clock() })
  expect([await memory.take('PFJlc3BvbnNlLz4='), await memory.take('PFJl\r\nc3BvbnNlLz4')]).toEqual([true, false])
})

test.each(storeKinds)('%s: a Response that is given back can be taken again', async (_kind, newStore) => {
  const memory = replayMemory({ store: newStore(), clock: clock() })
  await memory.take('PFJl')
  await memory.giveBack('PFJl')
  expect(await memory.take('PFJl')).toBe(true)
})

test.each(storeKinds)(
  '%s: a Response over which its taker died can be taken again after a minute, not before',
  async (_kind, newStore) => {
    const time = clock()
    const memory = replayMemory({ store: newStore(), clock: time })
    await memory.take('PFJl')
    time.advance(59_999)
    expect(await memory.take('PFJl')).toBe(false)
    time.advance(1)
    expect(await memory.take('PFJl')).toBe(true)
  },
)

test.each(storeKinds)('%s: a Response is remembered for its lifetime, not beyond', async (_kind, newStore) => {
  const time = clock()
  const memory = replayMemory({ store: newStore(), clock: time, lifetimeMs: 1000 })
  await memory.take('PFJl')
  await memory.keep('PFJl')
  time.advance(999)
  expect(await memory.take('PFJl')).toBe(false)
  time.advance(1)
  expect(await memory.take('PFJl')).toBe(true)
})

test.each(storeKinds)('%s: the memory is bounded: the oldest Response makes room', async (kind, newStore) => {
  // An engine has room for a hundred times as many.
  const memory = replayMemory({ store: newStore(), clock: clock(), capacity: kind === 'memory' ? 2 : 0.02 })
  for (const samlResponse of ['PFJl', 'PFJm', 'PFJn']) await memory.take(samlResponse)
  expect([await memory.take('PFJn'), await memory.take('PFJl')]).toEqual([false, true])
})

test.each(storeKinds)(
  '%s: unless told otherwise a Response is remembered for 24 hours, to the millisecond',
  async (_kind, newStore) => {
    const time = clock()
    const memory = replayMemory({ store: newStore(), clock: time })
    await memory.take('PFJl')
    await memory.keep('PFJl')
    time.advance(24 * 60 * 60 * 1000 - 1)
    expect(await memory.take('PFJl')).toBe(false)
    time.advance(1)
    expect(await memory.take('PFJl')).toBe(true)
  },
)
