import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant, isInstant, parseDuration, parseInstant } from './instants.ts'
import { refusal } from './refusals.test-support.ts'

const noon = Date.UTC(2031, 4, 4, 12)

test.each([
  ['UTC with milliseconds', '2031-05-04T12:00:00.000Z', noon],
  ['UTC without a fraction', '2031-05-04T12:00:00Z', noon],
  ['no zone, which means UTC', '2031-05-04T12:00:00', noon],
  ['a zone east of Greenwich', '2031-05-04T14:30:00+02:30', noon],
  ['a zone west of Greenwich', '2031-05-04T00:00:00-12:00', noon],
  ['the farthest zone there is', '2031-05-05T02:00:00+14:00', noon],
  ['a fraction of one digit', '2031-05-04T12:00:00.5Z', noon + 500],
  ['a fraction of seven digits, cut after the millisecond', '2031-05-04T12:00:00.1239999Z', noon + 123],
  ['a leap day', '2028-02-29T00:00:00Z', Date.UTC(2028, 1, 29)],
  ['the last second of a day', '2031-05-04T23:59:59.999Z', noon + 12 * 3_600_000 - 1],
])('an instant may be written with %s', (_case, text, epoch) => {
  expect(parseInstant(text)).toBe(epoch)
})

test.each([
  ['31 February', '2031-02-31T12:00:00Z'],
  ['29 February in a common year', '2031-02-29T12:00:00Z'],
  ['month 13', '2031-13-04T12:00:00Z'],
  ['month 0', '2031-00-04T12:00:00Z'],
  ['day 0', '2031-05-00T12:00:00Z'],
  ['hour 24', '2031-05-04T24:00:00Z'],
  ['minute 60', '2031-05-04T12:60:00Z'],
  ['a leap second', '2031-06-30T23:59:60Z'],
  ['the year 0000', '0000-05-04T12:00:00Z'],
  ['a five-digit year', '12031-05-04T12:00:00Z'],
  ['a negative year', '-2031-05-04T12:00:00Z'],
  ['a zone beyond 14 hours', '2031-05-04T12:00:00+14:01'],
  ['a zone with minute 60', '2031-05-04T12:00:00+01:60'],
  ['a zone without a colon', '2031-05-04T12:00:00+0100'],
  ['a date alone', '2031-05-04'],
  ['a blank for the T', '2031-05-04 12:00:00Z'],
  ['lower-case letters', '2031-05-04t12:00:00z'],
  ['a fraction without digits', '2031-05-04T12:00:00.Z'],
  ['a fraction of ten digits', '2031-05-04T12:00:00.0000000000Z'],
  ['a blank behind it', '2031-05-04T12:00:00Z '],
  ['nothing', ''],
])('%s is no instant', (_case, text) => {
  expect(isInstant(text)).toBe(false)
  expect(() => parseInstant(text)).toThrow(
    expect.objectContaining({
      code: 'SAML_INSTANT',
      message: `[${text}] is not an instant such as 2031-05-04T12:00:00.000Z`,
    }),
  )
})

test('ten thousand digits are refused with the first 64 of them', () => {
  expect(() => parseInstant('9'.repeat(10_000))).toThrow(
    expect.objectContaining({
      code: 'SAML_INSTANT',
      message: `[${'9'.repeat(64)}] is not an instant such as 2031-05-04T12:00:00.000Z`,
    }),
  )
})

test('an instant is written in UTC with milliseconds', () => {
  expect(formatInstant(noon)).toBe('2031-05-04T12:00:00.000Z')
})

test('what is written is read as the same millisecond', () => {
  const millisecond = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(9999, 11, 31) })
  fc.assert(fc.property(millisecond, (epoch) => parseInstant(formatInstant(epoch)) === epoch))
})

test.each([
  ['PT0S', 0],
  ['PT1.5S', 1_500],
  ['PT6H', 6 * 3_600_000],
  ['P1DT1H1M1S', 90_061_000],
  [' P7D ', 7 * 86_400_000],
  ['P1Y1M', 395 * 86_400_000],
])('the duration %s is so many milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each(['', 'P', 'PT', 'P1DT', '-PT1H', '1H', 'PT1H1D', 'PT1.S', 'P1.5D', `PT${'9'.repeat(10)}H`])(
  '%j is no duration that can be kept',
  (text) => {
    expect(() => parseDuration(text)).toThrow(refusal('SAML_INSTANT', `[${text}] is not a duration such as PT6H`))
  },
)
