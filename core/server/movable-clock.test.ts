import { expect, test } from 'vitest'
import { settableClock } from './clock.ts'
import { type ClockChange, ClockError, mostMovedMs, movableClock } from './movable-clock.ts'

const noon = Date.parse('2031-05-04T12:00:00Z')

test('a clock that nobody moved tells the real time', () => {
  const real = settableClock(noon)
  const clock = movableClock({}, real)
  real.advance(5)
  expect([clock.now(), clock.state()]).toEqual([noon + 5, {}])
})

test('a shifted clock runs beside the real one, and another shift replaces the first', () => {
  const real = settableClock(noon)
  const clock = movableClock({ shiftMs: -300_000 }, real)
  real.advance(1_000)
  expect(clock.now()).toBe(noon - 299_000)
  expect(clock.change({ shiftMs: 60_000 })).toEqual({ shiftMs: 60_000 })
  expect(clock.now()).toBe(noon + 61_000)
})

test('a frozen clock stands while the real one runs, and is real again when told nothing', () => {
  const real = settableClock(noon)
  const clock = movableClock({}, real)
  expect(clock.change({ frozenAt: '2026-01-01T00:00:00Z' })).toEqual({ frozenAt: '2026-01-01T00:00:00Z' })
  real.advance(1_000)
  expect(clock.now()).toBe(Date.UTC(2026))
  expect(clock.change({})).toEqual({})
  expect(clock.now()).toBe(noon + 1_000)
})

test('a frozen clock goes on by what it is advanced, also across the end of a year', () => {
  const clock = movableClock({ frozenAt: '2025-12-31T23:59:59.999Z' }, settableClock(noon))
  expect(clock.change({ advanceMs: 1 })).toEqual({ frozenAt: '2026-01-01T00:00:00Z' })
  expect(clock.change({ advanceMs: 1_250 })).toEqual({ frozenAt: '2026-01-01T00:00:01.250Z' })
  expect(clock.now()).toBe(Date.UTC(2026) + 1_250)
})

test('an instant of another time zone is told in UTC', () => {
  expect(movableClock({ frozenAt: '2026-01-01T02:00:00+02:00' }).state()).toEqual({ frozenAt: '2026-01-01T00:00:00Z' })
})

test.each([{}, { shiftMs: 5 }])('a clock that runs cannot be advanced: %o', (start) => {
  const clock = movableClock(start, settableClock(noon))
  const refusal = new ClockError('advanceMs', 'a clock that stands', 'one that runs')
  expect(() => clock.change({ advanceMs: 1 })).toThrow(refusal)
  expect(refusal.message).toBe('advanceMs: expected a clock that stands, found one that runs')
  expect(clock.state()).toEqual(start)
})

test.each<[ClockChange, string]>([
  [
    { shiftMs: 1, advanceMs: 1 },
    'the clock: expected one of shiftMs, frozenAt and advanceMs, found shiftMs and advanceMs',
  ],
  [
    { shiftMs: mostMovedMs + 1 },
    'shiftMs: expected a whole number from -1577880000000 to 1577880000000, found 1577880000001',
  ],
  [{ shiftMs: 0.5 }, 'shiftMs: expected a whole number from -1577880000000 to 1577880000000, found 0.5'],
  [{ shiftMs: Number.NaN }, 'shiftMs: expected a whole number from -1577880000000 to 1577880000000, found NaN'],
  [{ advanceMs: 1e300 }, 'advanceMs: expected a whole number from -1577880000000 to 1577880000000, found 1e+300'],
  [{ frozenAt: 'noon' }, 'frozenAt: expected an instant of the years 1970 to 2999, found noon'],
  [
    { frozenAt: '3000-01-01T00:00:00Z' },
    'frozenAt: expected an instant of the years 1970 to 2999, found 3000-01-01T00:00:00Z',
  ],
  [
    { frozenAt: '1969-12-31T23:59:59Z' },
    'frozenAt: expected an instant of the years 1970 to 2999, found 1969-12-31T23:59:59Z',
  ],
])('a clock is not moved by what it cannot follow: %o', (change, message) => {
  const clock = movableClock({ frozenAt: '2026-01-01T00:00:00Z' })
  expect(() => clock.change(change)).toThrow(expect.objectContaining({ name: 'ClockError', message }))
  expect(clock.state()).toEqual({ frozenAt: '2026-01-01T00:00:00Z' })
})

test('a clock goes as far as the last instant of the last year and no further', () => {
  const clock = movableClock({ frozenAt: '2999-12-31T23:59:59.998Z' })
  expect(clock.change({ advanceMs: 1 })).toEqual({ frozenAt: '2999-12-31T23:59:59.999Z' })
  expect(() => clock.change({ advanceMs: 1 })).toThrow(
    new ClockError('advanceMs', 'an instant of the years 1970 to 2999', '1 from 2999-12-31T23:59:59.999Z'),
  )
})

test('a clock may be shifted by fifty years in both directions', () => {
  const clock = movableClock({ shiftMs: -mostMovedMs }, settableClock(noon))
  expect(clock.now()).toBe(noon - mostMovedMs)
  clock.change({ shiftMs: mostMovedMs })
  expect(clock.now()).toBe(noon + mostMovedMs)
})

test('a clock may stand at the first instant of 1970', () => {
  expect(movableClock({ frozenAt: '1970-01-01T00:00:00Z' }).now()).toBe(0)
})
