/** A line of the report: a number that was measured and what it should be, or a heading. */
export interface Row {
  readonly what: string
  readonly value?: number | undefined
  /** Absent for a ratio. */
  readonly unit?: string
  readonly least?: number | undefined
  readonly most?: number | undefined
}

export function printRows(rows: readonly Row[]): void {
  for (const { what, ...measured } of rows) console.log(`${what.padEnd(56)}${columnsOf(measured)}`.trimEnd())
}

function columnsOf({ value, unit = '', least, most }: Omit<Row, 'what'>): string {
  if (value === undefined) return ''
  const digits = unit === '' || unit === '×' ? 2 : 0
  const aims = [least !== undefined && `≥ ${least}`, most !== undefined && `≤ ${most}`].filter((aim) => aim !== false)
  const missed = value < (least ?? value) || value > (most ?? value)
  const columns = [`${value.toFixed(digits)} ${unit.padEnd(2)}`.padStart(9), aims.join(' and '), missed ? 'missed' : '']
  return columns.join('  ')
}
