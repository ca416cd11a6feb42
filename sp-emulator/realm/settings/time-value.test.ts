import { expect, test } from 'vitest'
import { parseTimeValue, parseTimeWithin } from './time-value.ts'

test.each([
  ['0', 0],
  ['00', 0],
  ['250ms', 250],
  ['3s', 3_000],
  ['20m', 1_200_000],
  ['20 m', 1_200_000],
  ['1H', 3_600_000],
  ['2d', 172_800_000],
  ['1000micros', 1],
  ['1000000nanos', 1],
  ['365000d', 31_536_000_000_000],
])('%s is a time', (value, ms) => {
  expect(parseTimeValue('s', value)).toBe(ms)
})

test.each([
  ['20', 'unit is missing or unrecognized'],
  ['soon', 'unit is missing or unrecognized'],
  ['1M', 'unit is missing or unrecognized'],
  ['[1s]x', 'unit is missing or unrecognized'],
  ['-1s', 'negative durations are not supported'],
  ['1.5h', 'fractional time values are not supported'],
  ['.5h', 'fractional time values are not supported'],
  ['m', 'it is no number'],
  ['1e3s', 'it is no number'],
  ['365001d', 'it is longer than [365000d]'],
  [`${'9'.repeat(400)}d`, 'it is longer than [365000d]'],
  ['\u00001s', 'it is no number'],
  ['1s\u202E', 'unit is missing or unrecognized'],
])('%s is no time', (value, reason) => {
  expect(() => parseTimeValue('some.setting', value)).toThrow(
    `failed to parse setting [some.setting] with value [${value}] as a time value: ${reason}`,
  )
})

test.each([
  ['499ms', '>= [500ms]'],
  ['2001ms', '<= [2s]'],
])('%s lies outside of the limits', (value, limit) => {
  expect(() => parseTimeWithin('some.setting', value, { atLeast: '500ms', atMost: '2s' })).toThrow(
    `failed to parse value [${value}] for setting [some.setting], must be ${limit}`,
  )
})

test.each(['500ms', '2s'])('%s is just within the limits', (value) => {
  expect(() => parseTimeWithin('some.setting', value, { atLeast: '500ms', atMost: '2s' })).not.toThrow()
})
