import { ConfigError } from '#server/config'
import { readTimeValue } from './read-time-value.ts'

type Written = string | readonly string[]

/** The least and the greatest time that a setting may have, as they would be written. */
export interface TimeLimits {
  readonly atLeast?: string | undefined
  readonly atMost?: string | undefined
}

/**
 * A time such as `3m`, or `0`, in milliseconds.
 * @throws ConfigError naming the setting, in the words of a node, when it is no time or lies outside of the limits.
 */
export function parseTimeWithin(setting: string, value: Written, { atLeast = '0ms', atMost }: TimeLimits): number {
  const timeMs = parseTime(setting, value)
  const complain = (limit: string) =>
    new ConfigError(`failed to parse value [${String(value)}] for setting [${setting}], must be ${limit}`)
  if (timeMs < parseTime(setting, atLeast)) throw complain(`>= [${atLeast}]`)
  if (atMost !== undefined && timeMs > parseTime(setting, atMost)) throw complain(`<= [${atMost}]`)
  return timeMs
}

function parseTime(setting: string, value: Written): number {
  const reading = readTimeValue(setting, String(value))
  if ('ms' in reading) return reading.ms
  const { refusal } = reading
  throw new ConfigError(refusal.includes(`[${setting}]`) ? refusal : `${refusal} (${setting})`)
}
