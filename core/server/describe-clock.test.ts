import { expect, test } from 'vitest'
import { settableClock, systemClock } from './clock.ts'
import { describeClock } from './describe-clock.ts'
import { movableClock } from './movable-clock.ts'

test.each([
  [{ shiftMs: -300_000 }, 'is 5 min behind'],
  [{ shiftMs: 8 * 3_600_000 }, 'is 8 h ahead'],
  [{ shiftMs: 90_061_007 }, 'is 1 d 1 h 1 min 1 s 7 ms ahead'],
  [{ shiftMs: -1 }, 'is 1 ms behind'],
  [{ frozenAt: '2026-01-01T00:00:00Z' }, 'stands at 2026-01-01T00:00:00Z'],
  [{ shiftMs: 0 }, undefined],
  [{}, undefined],
])('a page says how far a clock is from the machine: %o', (state, says) => {
  expect(describeClock(movableClock(state))).toBe(says)
})

test('of a clock that nobody can move nothing is said', () => {
  expect([describeClock(systemClock), describeClock(settableClock(5))]).toEqual([undefined, undefined])
})
