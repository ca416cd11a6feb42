import type { Outcome, Report } from './run.ts'

const words: Readonly<Record<Outcome['kind'], string>> = {
  pass: 'pass',
  fail: 'FAIL',
  'cannot-be-asked': 'cannot be asked',
}

/** The reports as lines for a terminal, one heading for each section, the counts last. */
export function tableOf(reports: readonly Report[]): string {
  const [usual] = reports.map(({ version }) => version)
  const sections = [...new Set(reports.map(({ section }) => section))]
  const lines = sections.flatMap((section) => {
    return ['', section, ...reports.filter((each) => each.section === section).flatMap((each) => linesOf(each, usual))]
  })
  return [...lines, '', summaryOf(reports)].join('\n')
}

function linesOf({ number, title, version, outcome }: Report, usual: string | undefined): string[] {
  const asked = version === usual ? '' : ` (asked as ${version})`
  const line = `${String(number).padStart(4)}  ${words[outcome.kind].padEnd(15)}  ${title}${asked}`
  switch (outcome.kind) {
    case 'pass':
      return [line]
    case 'cannot-be-asked':
      return [line, `${' '.repeat(23)}${outcome.why}`]
    case 'fail':
      return [
        line,
        `      ${version} expected ${outcome.expected}`,
        `      ${' '.repeat(version.length)} arrived  ${outcome.arrived}`,
      ]
  }
}

export function countOf(reports: readonly Report[], kind: Outcome['kind']): number {
  return reports.filter(({ outcome }) => outcome.kind === kind).length
}

function summaryOf(reports: readonly Report[]): string {
  const unasked = countOf(reports, 'cannot-be-asked')
  const rest = unasked === 0 ? '' : `, ${unasked} cannot be asked`
  return `${countOf(reports, 'pass')} of ${reports.length} pass, ${countOf(reports, 'fail')} fail${rest}`
}
