import { ConfigError } from '#server/config-error'
import { isLike } from '#server/glob'
import { nearest } from '#server/suggestions'
import { familyOf, type Scenario } from '../scenario/scenario.ts'
import type { Asked } from './scenario-result.ts'

/** One of several equal parts of a run, counted from 1. */
export interface Shard {
  readonly part: number
  readonly of: number
}

export interface Choice {
  /** An id; else a part of an id or of a title, or with `*` for any text all of it. */
  readonly pattern?: string | undefined
  readonly family?: string | undefined
  readonly shard?: Shard | undefined
  readonly rounds?: number | undefined
}

/**
 * The scenarios that somebody chose, in their order.
 * @throws ConfigError that names the nearest there is, where none fits
 */
export function choose(scenarios: readonly Scenario[], choice: Choice): readonly Asked[] {
  const { shard = { part: 1, of: 1 }, rounds = 1 } = choice
  const fitting = ofPattern(ofFamily(scenarios, choice.family), choice.pattern)
  const chosen = fitting.filter((_, index) => index % shard.of === shard.part - 1)
  if (chosen.length === 0) {
    throw new ConfigError(`--shard ${shard.part}/${shard.of}: nothing is left for it of ${fitting.length} scenarios`)
  }
  const round = (number: number) => chosen.map((scenario): Asked => ({ scenario, round: number, rounds }))
  return Array.from({ length: rounds }, (_, index) => round(index + 1)).flat()
}

function ofFamily(scenarios: readonly Scenario[], family: string | undefined): readonly Scenario[] {
  if (family === undefined) return scenarios
  const found = scenarios.filter((each) => familyOf(each) === family)
  if (found.length > 0) return found
  const families = [...new Set(scenarios.map(familyOf))]
  throw new ConfigError(`--family: there is none called [${family}], ${hint(family, families)}`)
}

function hint(word: string, known: readonly string[]): string {
  const meant = nearest(word, known)
  return meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`
}

function ofPattern(scenarios: readonly Scenario[], pattern: string | undefined): readonly Scenario[] {
  if (pattern === undefined) return scenarios
  const meant = scenarios.filter(({ id }) => id === pattern)
  if (meant.length > 0) return meant
  const found = scenarios.filter(({ id, title }) => fits(id, pattern) || fits(title, pattern))
  if (found.length > 0) return found
  const like = nearestId(pattern, scenarios)
  throw new ConfigError(
    `no scenario is like [${pattern}], ${like === undefined ? 'sloop run --list names them' : `did you mean ${like}?`}`,
  )
}

/** Of an id, the part behind its slash is what people remember. */
function nearestId(pattern: string, scenarios: readonly Scenario[]): string | undefined {
  const ids = scenarios.map(({ id }) => id)
  const last = new Map(ids.map((id) => [id.slice(id.indexOf('/') + 1), id]))
  return nearest(pattern, ids) ?? last.get(nearest(pattern, [...last.keys()]) ?? '')
}

/** Whether a text has a part like this, or with `*` for any text, is like this. */
export function fits(text: string, pattern: string): boolean {
  const [lowered, wanted] = [text.toLowerCase(), pattern.toLowerCase()]
  return wanted.includes('*') ? isLike(wanted, lowered) : lowered.includes(wanted)
}
