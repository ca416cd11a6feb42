import { ConfigError } from '#server/config'

const unitsMs: Readonly<Record<string, number>> = {
  nanos: 1e-6,
  micros: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

type Written = string | readonly string[]

/**
 * A time such as `3m`, or `0`, in milliseconds.
 * @throws ConfigError naming the setting, in the words of a node.
 */
export function parseTimeValue(setting: string, value: Written): number {
  const written = String(value)
  const normalized = written.toLowerCase().trim()
  if (/^0+$/.test(normalized)) return 0
  const [, amount = '', unit = ''] = /^(.*?)(nanos|micros|ms|[smhd])$/s.exec(normalized) ?? []
  const unitMs = unitsMs[unit]
  // A capital M could be months.
  if (unitMs === undefined || (unit === 'm' && !written.endsWith('m'))) {
    throw notATime(setting, written, 'unit is missing or unrecognized')
  }
  const digits = amount.trim()
  if (/^[+-]?\d+$/.test(digits)) {
    if (digits.startsWith('-')) throw notATime(setting, written, 'negative durations are not supported')
    return withinDates(Number(digits) * unitMs, { setting, written })
  }
  const isFraction = /^[+-]?(\d+\.\d*|\.\d+)$/.test(digits)
  throw notATime(setting, written, isFraction ? 'fractional time values are not supported' : 'it is no number')
}

/** A thousand years. An instant that is much farther from now is no date, or none that XML can write. */
const longestMs = 1_000 * 365 * 86_400_000

function withinDates(timeMs: number, { setting, written }: { setting: string; written: string }): number {
  if (timeMs <= longestMs) return timeMs
  throw notATime(setting, written, 'it is longer than [365000d]')
}

function notATime(setting: string, value: string, reason: string): ConfigError {
  return new ConfigError(`failed to parse setting [${setting}] with value [${value}] as a time value: ${reason}`)
}

/** The least and the greatest time that a setting may have, as they would be written. */
export interface TimeLimits {
  readonly atLeast?: string | undefined
  readonly atMost?: string | undefined
}

/** @throws ConfigError in the words of a node when the time lies outside of the limits. */
export function parseTimeWithin(setting: string, value: Written, { atLeast, atMost }: TimeLimits): number {
  const timeMs = parseTimeValue(setting, value)
  const complain = (limit: string) =>
    new ConfigError(`failed to parse value [${String(value)}] for setting [${setting}], must be ${limit}`)
  if (atLeast !== undefined && timeMs < parseTimeValue(setting, atLeast)) throw complain(`>= [${atLeast}]`)
  if (atMost !== undefined && timeMs > parseTimeValue(setting, atMost)) throw complain(`<= [${atMost}]`)
  return timeMs
}
