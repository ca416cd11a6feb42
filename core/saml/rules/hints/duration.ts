const units = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const

/** A length of time in words, in whole seconds: `2 h 4 min 12 s`. */
export function duration(ms: number): string {
  let seconds = Math.round(ms / 1_000)
  const parts: string[] = []
  for (const [length, unit] of units) {
    const count = Math.floor(seconds / length)
    seconds -= count * length
    if (count > 0) parts.push(`${count} ${unit}`)
  }
  return parts.length === 0 ? '0 s' : parts.join(' ')
}
