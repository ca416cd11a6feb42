import { expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigError } from '#server/config'
import { readValue } from '../world/read-value.ts'
import { clockChangeSchema } from './clock-schema.ts'

const read = (given: unknown) => readValue(clockChangeSchema, given, 'the clock')

test.each([
  {},
  { shiftMs: -300_000 },
  { shiftMs: 0 },
  { shiftMs: 1_577_880_000_000 },
  { frozenAt: '2026-01-01T00:00:00Z' },
  { frozenAt: '2026-01-01T02:00:00.123+02:00' },
  { advanceMs: 60_000 },
])('a clock is told %o', (change) => {
  expect(read(change)).toEqual(change)
})

test.each<[unknown, string]>([
  [undefined, 'the clock: expected a mapping, found nothing'],
  [[], 'the clock: expected a mapping, found a list'],
  ['now', 'the clock: expected a mapping, found the text "now"'],
  [{ shiftMS: 1 }, 'shiftMS: unknown key, did you mean shiftMs?'],
  [{ now: 1 }, 'now: unknown key, known are shiftMs, frozenAt, advanceMs'],
  [{ shiftMs: '5' }, 'shiftMs: expected a number, found the text "5"'],
  [{ shiftMs: null }, 'shiftMs: expected a number, found nothing'],
  [{ shiftMs: 0.5 }, 'shiftMs: expected a whole number, found the number 0.5'],
  [
    { shiftMs: 1_577_880_000_001 },
    'shiftMs: expected a number of at most 1577880000000, found the number 1577880000001',
  ],
  [
    { advanceMs: -1_577_880_000_001 },
    'advanceMs: expected a number of at least -1577880000000, found the number -1577880000001',
  ],
  [{ shiftMs: 1e300 }, 'shiftMs: expected a number of at most 1577880000000, found the number 1e+300'],
  [{ frozenAt: 0 }, 'frozenAt: expected a text, found the number 0'],
  [{ frozenAt: 'noon' }, 'frozenAt: expected an instant such as 2026-01-01T00:00:00Z, found the text "noon"'],
  [
    { frozenAt: '2026-01-01' },
    'frozenAt: expected an instant such as 2026-01-01T00:00:00Z, found the text "2026-01-01"',
  ],
  [
    { frozenAt: '2026-02-30T00:00:00Z' },
    'frozenAt: expected an instant such as 2026-01-01T00:00:00Z, found the text "2026-02-30T00:00:00Z"',
  ],
  [
    { frozenAt: '2026-01-01T00:00:00' },
    'frozenAt: expected an instant such as 2026-01-01T00:00:00Z, found the text "2026-01-01T00:00:00"',
  ],
])('what is no change of a clock is refused by its path: %o', (given, message) => {
  expect(() => read(given)).toThrow(new ConfigError(message))
})

test('the schema can be told to programs as JSON Schema', () => {
  expect(z.toJSONSchema(clockChangeSchema)).toMatchObject({
    type: 'object',
    properties: { shiftMs: { type: 'integer', minimum: -1_577_880_000_000, maximum: 1_577_880_000_000 } },
    additionalProperties: false,
  })
})
