import { legibleText } from '#server/legible-text'
import { nameOf, type ScenarioResult } from '../run/scenario-result.ts'
import { legibleLines } from './legible-lines.ts'

/** How long a run took, in milliseconds. */
export interface Times {
  /** Until the first scenario was told. */
  readonly startMs: number
  readonly allMs: number
}

/** What was run, and how. */
export interface Run {
  readonly driver: 'http' | 'browser'
  readonly concurrency: number
}

const marks = { held: '✓', differs: '✗', notRun: '–' } as const

/** What came of one scenario, in lines: where it does not hold, its sentence and what differs, indented. */
export function linesOf(result: ScenarioResult): string {
  const { scenario, outcome, reason, differences, lies, ms, bundle } = result
  const name = `${marks[outcome]} ${nameOf(result)}`
  if (outcome === 'held') return `${name} (${ms} ms)\n`
  if (outcome === 'notRun') return `${name} was not run: ${legibleText(reason ?? '')}\n`
  const others = differences.filter((each) => !lies.includes(each))
  const told = [
    `${name} (${ms} ms)`,
    `  ${legibleText(scenario.title)}`,
    ...(lies.length === 0 ? [] : ['  claimed, not so:', ...lies.map(indented)]),
    ...(lies.length === 0 || others.length === 0 ? [] : ['  and differs:']),
    ...others.map(indented),
    ...(bundle === null ? [] : [`  repeat it: sloop run --bundle ${bundle}`]),
  ]
  return told.map((line) => `${line}\n`).join('')
}

/** A sentence may hold the text of a page, of several lines. */
const indented = (sentence: string): string => `    ${legibleLines(sentence).join('\n      ')}`

/** Where a run is, in one line of at most so many columns. */
export function progressOf(
  results: readonly ScenarioResult[],
  { all, columns }: { all: number; columns: number },
): string {
  const differ = results.filter(({ outcome }) => outcome === 'differs').length
  const last = results.at(-1)
  const red = differ === 0 ? '' : `, ${differ} ${differ === 1 ? 'differs' : 'differ'}`
  const line = `${results.length} of ${all} told${red}${last === undefined ? '' : `: ${nameOf(last)}`}`
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`
}

/** How many held, and how long it took. */
export function totalsOf(
  results: readonly ScenarioResult[],
  { driver, concurrency, startMs, allMs }: Run & Times,
): string {
  const count = (outcome: ScenarioResult['outcome']) => results.filter((each) => each.outcome === outcome).length
  const [held, differ, notRun] = [count('held'), count('differs'), count('notRun')]
  const liars = results.filter(({ lies }) => lies.length > 0).length
  const lies = liars === 0 ? '' : ` (of ${liars} something is claimed that is not so)`
  const parts = [
    `${held} held`,
    ...(differ === 0 ? [] : [`${differ} ${differ === 1 ? 'differs' : 'differ'}${lies}`]),
    ...(notRun === 0 ? [] : [`${notRun} not run`]),
  ]
  const how = `by ${driver}, ${concurrency} at a time`
  const times = [`${secondsOf(allMs)} in all, ${secondsOf(startMs)} of it until the first was told; ${how}`]
  return `\n${[parts.join(', '), ...times, ...ownTimes(results)].map((line) => `${line}\n`).join('')}`
}

function ownTimes(results: readonly ScenarioResult[]): readonly string[] {
  const [longest, ...others] = results
    .filter(({ outcome }) => outcome !== 'notRun')
    .toSorted((one, other) => other.ms - one.ms)
  if (longest === undefined || others.length === 0) return []
  const own = others.reduce((sum, { ms }) => sum + ms, longest.ms)
  return [`one by one they take ${secondsOf(own)}, the longest of them, ${nameOf(longest)}, ${secondsOf(longest.ms)}`]
}

const secondsOf = (ms: number): string => `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`
