import type { Clock } from './clock.ts'

/** What a page says of a clock that is not the machine's, to stand behind who has it: "is 5 min behind". Undefined for one that is. */
export function describeClock({ state }: Clock): string | undefined {
  const { shiftMs = 0, frozenAt } = state?.() ?? {}
  if (frozenAt !== undefined) return `stands at ${frozenAt}`
  if (shiftMs === 0) return undefined
  return `is ${durationText(Math.abs(shiftMs))} ${shiftMs < 0 ? 'behind' : 'ahead'}`
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const

function durationText(ms: number): string {
  let rest = ms
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest %= size
    return count === 0 ? [] : [`${count} ${unit}`]
  })
  return parts.join(' ')
}
