/** Of two that end a text alike, the longer first. */
const unitsMs = { nanos: 1e-6, micros: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A thousand years. An instant that is much farther from now is no date, or none that XML can write. */
const longestMs = 1_000 * 365 * 86_400_000

/** From here on no number of a node's is long enough. */
const endOfLongs = 2 ** 63

export type TimeReading = { readonly ms: number } | { readonly refusal: string }

/**
 * A time such as `3m`, `0` or -1 of any unit, in whole milliseconds towards 0, as a node reads it; refused in a node's words, which do not always name what
 * the value is of. Only that it may be too long is not a node's.
 */
export function readTimeValue(name: string, value: string): TimeReading {
  const refused = (why: string): TimeReading => ({
    refusal: `failed to parse setting [${name}] with value [${value}] as a time value: ${why}`,
  })
  const text = trimmed(value.toLowerCase())
  const [unit, unitMs] = Object.entries(unitsMs).find(([ending]) => text.endsWith(ending)) ?? []
  if (unit === undefined || unitMs === undefined) {
    if (/^0+$/.test(text)) return { ms: 0 }
    return /^-0*1$/.test(text) ? { ms: -1 } : refused('unit is missing or unrecognized')
  }
  // A capital M could be months.
  if (unit === 'm' && !value.endsWith('m')) return refused('unit is missing or unrecognized')
  const digits = trimmed(text.slice(0, -unit.length))
  const amount = /^[+-]?\d+$/.test(digits) ? Number(digits) : Number.NaN
  if (!(Math.abs(amount) < endOfLongs)) return { refusal: `failed to parse [${value}]${whyNoLong(digits)}` }
  if (amount < -1) return refused('negative durations are not supported')
  const ms = Math.trunc(amount * unitMs)
  return ms > longestMs ? refused('it is longer than [365000d]') : { ms }
}

/** What Java reads as a number is one with a fraction. */
function whyNoLong(digits: string): string {
  const isNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?[fd]?$/.test(digits)
  return isNumber ? ', fractional time values are not supported' : ''
}

/** Without the blanks that Java trims: control characters and those of ASCII, and no others. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1
  return text.slice(start, end)
}
