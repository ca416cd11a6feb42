import { isInstant } from '../instants.ts'
import { isAnyUri } from './any-uri.ts'

const collapse = (value: string) =>
  /[\t\n\r ]/.test(value) ? value.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '') : value
const matches = (pattern: RegExp) => (value: string) => pattern.test(collapse(value))

const ncName = /^[\p{L}_][\p{L}\p{M}\p{N}\u00B7._-]*$/u

const within = (least: bigint, most: bigint) => (value: string) => {
  const digits = collapse(value)
  // BigInt knows no plus sign, and takes long over many digits.
  if (!/^[+-]?\d{1,128}$/.test(digits)) return false
  const number = BigInt(digits.replace('+', ''))
  return number >= least && number <= most
}
const signed = (bits: bigint) => within(-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n)
const unsigned = (bits: bigint) => within(0n, 2n ** bits - 1n)
const huge = 10n ** 128n

const nameCharacters = '\\p{L}\\p{M}\\p{N}\\u00B7:._-'
const year = '-?(?:[1-9]\\d{4,}|(?!0000)\\d{4})'
const month = '(?:0[1-9]|1[0-2])'
const day = '(?:0[1-9]|[12]\\d|3[01])'
const time = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?|24:00:00(?:\\.0+)?)'
const zone = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?'
const calendar = (form: string) => {
  const pattern = new RegExp(`^${form}${zone}$`)
  return (value: string) => pattern.test(collapse(value)) && hasItsDay(collapse(value))
}

// A day that no month has, or not this month of this year.
function hasItsDay(text: string): boolean {
  const [, ofYear, ofMonth, ofDay] = /^(?:-?(\d{4,})|-)-(\d\d)-(\d\d)/.exec(text) ?? []
  if (ofMonth === undefined || ofDay === undefined) return true
  // A day without a year may be one of a leap year; the calendar repeats itself after 400 years.
  const anyYear = 2000 + (ofYear === undefined ? 0 : Number(ofYear.slice(-4)) % 400)
  return Number(ofDay) <= new Date(Date.UTC(anyYear, Number(ofMonth), 0)).getUTCDate()
}

/** The lexical spaces of the simple types (XML Schema part 2) that the SAML schemas use or a document may name; white space is collapsed first, as the types say. */
const simpleTypes = {
  string: () => true,
  anyURI: (value: string) => isAnyUri(collapse(value)),
  ncName: matches(ncName),
  boolean: matches(/^(true|false|0|1)$/),
  dateTime: isInstant,
  unsignedShort: unsigned(16n),
  nonNegativeInteger: within(0n, huge),
  integer: matches(/^[+-]?\d{1,128}$/),
  base64: (value: string) =>
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/.test(
      value.replace(/[\t\n\r ]+/g, ''),
    ),
  comparison: matches(/^(exact|minimum|maximum|better)$/),
  language: matches(/^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/),
  name: matches(new RegExp(`^[\\p{L}_:][${nameCharacters}]*$`, 'u')),
  nmtoken: matches(new RegExp(`^[${nameCharacters}]+$`, 'u')),
  nmtokens: matches(new RegExp(`^[${nameCharacters}]+(?: [${nameCharacters}]+)*$`, 'u')),
  hexBinary: matches(/^(?:[0-9A-Fa-f]{2})*$/),
  decimal: matches(/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/),
  float: matches(/^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|-?INF|NaN)$/),
  nonPositiveInteger: within(-huge, 0n),
  negativeInteger: within(-huge, -1n),
  positiveInteger: within(1n, huge),
  long: signed(64n),
  int: signed(32n),
  short: signed(16n),
  byte: signed(8n),
  unsignedLong: unsigned(64n),
  unsignedInt: unsigned(32n),
  unsignedByte: unsigned(8n),
  zonedDateTime: calendar(`${year}-${month}-${day}T${time}`),
  date: calendar(`${year}-${month}-${day}`),
  time: calendar(time),
  gYear: calendar(year),
  gYearMonth: calendar(`${year}-${month}`),
  // The erratum took the hyphens behind it away; Xerces takes both.
  gMonth: calendar(`--${month}(?:--)?`),
  gMonthDay: calendar(`--${month}-${day}`),
  gDay: calendar(`---${day}`),
  duration: matches(/^-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/),
  decision: matches(/^(Permit|Deny|Indeterminate)$/),
} as const

export type SimpleType = keyof typeof simpleTypes

/** Whether `value` lies in the lexical space of `type`. */
export function isOfType(value: string, type: SimpleType): boolean {
  return simpleTypes[type](value)
}
