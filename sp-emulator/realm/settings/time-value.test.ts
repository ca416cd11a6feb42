import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { parseTimeWithin } from './time-value.ts'

const limits = { atLeast: '500ms', atMost: '2s' }

test.each([
  ['1M', 'failed to parse setting [some.setting] with value [1M] as a time value: unit is missing or unrecognized'],
  ['1.5h', 'failed to parse [1.5h], fractional time values are not supported (some.setting)'],
  ['m', 'failed to parse [m] (some.setting)'],
])('that %s is no time is said with the name of the setting', (value, message) => {
  expect(() => parseTimeWithin('some.setting', value, {})).toThrow(new ConfigError(message))
})

test.each([
  ['499ms', '>= [500ms]'],
  ['2001ms', '<= [2s]'],
  ['-1', '>= [500ms]'],
])('%s lies outside of the limits', (value, limit) => {
  expect(() => parseTimeWithin('some.setting', value, limits)).toThrow(
    new ConfigError(`failed to parse value [${value}] for setting [some.setting], must be ${limit}`),
  )
})

test('no setting takes a time below 0', () => {
  const message = 'failed to parse value [-1s] for setting [some.setting], must be >= [0ms]'
  expect(() => parseTimeWithin('some.setting', '-1s', {})).toThrow(new ConfigError(message))
})

test.each(['500ms', '2s'])('%s is just within the limits', (value) => {
  expect(() => parseTimeWithin('some.setting', value, limits)).not.toThrow()
})
