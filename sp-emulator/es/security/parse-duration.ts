import { illegalArgument } from '../elasticsearch-error.ts'

const msPerUnit: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** Milliseconds of a time value as `30m` or `1d` (es:TimeValue). @throws ElasticsearchError 400 */
export function parseDuration(name: string, text: string): number {
  const [, amount, unit = ''] = /^\s*(\d{1,15})(ms|s|m|h|d)\s*$/.exec(text.toLowerCase()) ?? []
  const unitMs = msPerUnit[unit]
  if (amount === undefined || unitMs === undefined) {
    throw illegalArgument(
      `failed to parse setting [${name}] with value [${text}] as a time value: unit is missing or unrecognized`,
    )
  }
  return Number(amount) * unitMs
}
