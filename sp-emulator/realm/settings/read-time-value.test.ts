import { expect, test } from 'vitest'
import { readTimeValue } from './read-time-value.ts'

test.each([
  ['0', 0],
  ['00', 0],
  ['250ms', 250],
  ['3s', 3_000],
  ['+3s', 3_000],
  ['20m', 1_200_000],
  ['20 m', 1_200_000],
  [' 20m', 1_200_000],
  ['\u00001s', 1_000],
  ['1H', 3_600_000],
  ['2d', 172_800_000],
  ['1000micros', 1],
  ['1000000nanos', 1],
  ['1999999NANOS', 1],
  ['365000d', 31_536_000_000_000],
  ['-1', -1],
  ['-01', -1],
  ['-1s', -1_000],
  ['-1d', -86_400_000],
])('%j is a time', (value, ms) => {
  expect(readTimeValue('s', value)).toEqual({ ms })
})

test.each([
  ['20', 'unit is missing or unrecognized'],
  ['-2', 'unit is missing or unrecognized'],
  ['soon', 'unit is missing or unrecognized'],
  ['', 'unit is missing or unrecognized'],
  ['1M', 'unit is missing or unrecognized'],
  ['1m ', 'unit is missing or unrecognized'],
  ['[1s]x', 'unit is missing or unrecognized'],
  ['1s\u202E', 'unit is missing or unrecognized'],
  ['-2s', 'negative durations are not supported'],
  ['365001d', 'it is longer than [365000d]'],
])('%j is no time, and the refusal names the setting', (value, reason) => {
  expect(readTimeValue('some.setting', value)).toEqual({
    refusal: `failed to parse setting [some.setting] with value [${value}] as a time value: ${reason}`,
  })
})

test.each([
  '1.5h',
  '.5h',
  '1.h',
  '1e3s',
  '1.5fs',
  '1dms',
  '9223372036854775808nanos',
  `${'9'.repeat(400)}d`,
  '-9223372036854775809s',
])('%j is a number that is no whole one', (value) => {
  expect(readTimeValue('some.setting', value)).toEqual({
    refusal: `failed to parse [${value}], fractional time values are not supported`,
  })
})

test.each(['m', '.s', '1 0s', '1mms', '1es', '--1s', '\u20031s'])('%j has a unit and no number', (value) => {
  expect(readTimeValue('some.setting', value)).toEqual({ refusal: `failed to parse [${value}]` })
})
