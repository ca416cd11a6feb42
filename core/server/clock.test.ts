import { expect, onTestFinished, test, vi } from 'vitest'
import { settableClock, systemClock } from './clock.ts'

test('the system clock tells the machine time in epoch milliseconds', () => {
  vi.useFakeTimers({ now: 1_935_662_400_000 })
  onTestFinished(() => void vi.useRealTimers())
  expect(systemClock.now()).toBe(1_935_662_400_000)
})

test('a settable clock stands at the given ISO instant', () => {
  expect(settableClock('2031-05-04T12:00:00Z').now()).toBe(1_935_662_400_000)
})

test('a settable clock stands at the given epoch milliseconds', () => {
  expect(settableClock(5).now()).toBe(5)
})

test('a settable clock moves by what it is advanced', () => {
  const clock = settableClock(1000)
  clock.advance(250)
  clock.advance(-50)
  expect(clock.now()).toBe(1200)
})

test('a settable clock jumps to where it is set', () => {
  const clock = settableClock(1000)
  clock.set(7)
  expect(clock.now()).toBe(7)
})

test('a clock refuses what is no instant', () => {
  expect(() => settableClock('noon')).toThrow(new TypeError('a clock cannot stand at noon'))
})
