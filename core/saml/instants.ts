import { SamlError } from './errors.ts'

// xs:dateTime; saml-core-2.0 §1.3.3 asks for UTC without a zone offset, real peers also send one or none.
const DATE_TIME =
  /^((?!0000)\d{4}-(?:0[1-9]|1[0-2])-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?(Z|[+-]\d{2}:[0-5]\d)?$/

/** Whether `text` is an xs:dateTime that names a real instant; a value without a zone is read as UTC (saml-core-2.0 §1.3.3). */
export function isInstant(text: string): boolean {
  return !Number.isNaN(epochOf(text))
}

/**
 * Epoch milliseconds of an xs:dateTime, read as UTC when it carries no zone.
 * @throws SamlError SAML_INSTANT when it is not one, or names no real instant (31 February, second 60, a fifth digit in the year).
 */
export function parseInstant(text: string): number {
  const epoch = epochOf(text)
  if (Number.isNaN(epoch)) {
    throw new SamlError('SAML_INSTANT', `[${text.slice(0, 64)}] is not an instant such as 2031-05-04T12:00:00.000Z`)
  }
  return epoch
}

/** `2031-05-04T12:00:00.000Z`: UTC with milliseconds. */
export function formatInstant(epochMs: number): string {
  return new Date(epochMs).toISOString()
}

function epochOf(text: string): number {
  const match = DATE_TIME.exec(text)
  if (match === null) return Number.NaN
  const [, local, day, fraction = '', zone = 'Z'] = match
  const epoch = Date.parse(`${local}Z`)
  // Date.parse rolls 31 February over into March.
  if (new Date(epoch).getUTCDate() !== Number(day)) return Number.NaN
  return epoch + Number(fraction.slice(0, 3).padEnd(3, '0')) - zoneOffsetMs(zone)
}

function zoneOffsetMs(zone: string): number {
  if (zone === 'Z') return 0
  const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  if (offset > 14 * 60) return Number.NaN
  return (zone.startsWith('-') ? -1 : 1) * offset * 60_000
}

// xs:duration without a sign; each part in milliseconds, of a month and a year about as many.
const DURATION =
  /^P(?=.)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?$/
const DURATION_PARTS = [365 * 86_400_000, 30 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000]

/**
 * Milliseconds of an xs:duration such as PT6H; a year has 365 days and a month 30.
 * @throws SamlError SAML_INSTANT when it is none, or a negative one.
 */
export function parseDuration(text: string): number {
  const match = DURATION.exec(text.trim())
  if (match === null) throw new SamlError('SAML_INSTANT', `[${text.slice(0, 64)}] is not a duration such as PT6H`)
  return DURATION_PARTS.reduce((sum, ms, index) => sum + ms * Number(match[index + 1] ?? 0), 0)
}
