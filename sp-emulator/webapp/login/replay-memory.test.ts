import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { replayMemory } from './replay-memory.ts'

const clock = () => settableClock('2031-05-04T12:00:00Z')

test('a Response is taken once', () => {
  const memory = replayMemory({ clock: clock() })
  expect([memory.take('PFJlc3BvbnNlLz4='), memory.take('PFJlc3BvbnNlLz4=')]).toEqual([true, false])
})

test('another spelling of the same octets is the same Response', () => {
  const memory = replayMemory({ clock: clock() })
  expect([memory.take('PFJlc3BvbnNlLz4='), memory.take('PFJl\r\nc3BvbnNlLz4')]).toEqual([true, false])
})

test('a Response that is given back can be taken again', () => {
  const memory = replayMemory({ clock: clock() })
  memory.take('PFJl')
  memory.giveBack('PFJl')
  expect(memory.take('PFJl')).toBe(true)
})

test('a Response is remembered for its lifetime, not beyond', () => {
  const time = clock()
  const memory = replayMemory({ clock: time, lifetimeMs: 1000 })
  memory.take('PFJl')
  time.advance(999)
  expect(memory.take('PFJl')).toBe(false)
  time.advance(1)
  expect(memory.take('PFJl')).toBe(true)
})

test('the memory is bounded: the oldest Response makes room', () => {
  const memory = replayMemory({ clock: clock(), capacity: 2 })
  for (const samlResponse of ['PFJl', 'PFJm', 'PFJn']) memory.take(samlResponse)
  expect([memory.take('PFJn'), memory.take('PFJl')]).toEqual([false, true])
})

test('unless told otherwise a Response is remembered for 24 hours, to the millisecond', () => {
  const time = clock()
  const memory = replayMemory({ clock: time })
  memory.take('PFJl')
  time.advance(24 * 60 * 60 * 1000 - 1)
  expect(memory.take('PFJl')).toBe(false)
  time.advance(1)
  expect(memory.take('PFJl')).toBe(true)
})
