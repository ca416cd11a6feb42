import { familyOfResult, type ScenarioResult } from '../run/scenario-result.ts'
import { familyOf, type Scenario } from '../scenario/scenario.ts'

/** Every result in one line of JSON (`spec/contract.md` §4). */
export function toJson(results: readonly ScenarioResult[]): string {
  const written = results.map((result) => {
    const { scenario, outcome, reason, claimed, proven, differences, ms } = result
    const { id, title } = scenario
    return { id, title, family: familyOfResult(result), outcome, reason, claimed, proven, differences, ms }
  })
  return `${JSON.stringify({ results: written })}\n`
}

/** The same of scenarios that are only named. */
export function listAsJson(scenarios: readonly Scenario[]): string {
  const written = scenarios.map((scenario) => {
    const { id, title, clauses, bugs = [] } = scenario
    return { id, title, family: familyOf(scenario), clauses, bugs }
  })
  return `${JSON.stringify({ scenarios: written })}\n`
}

/** A line for each, for people. */
export function listAsText(scenarios: readonly Scenario[]): string {
  const width = Math.max(...scenarios.map(({ id }) => id.length))
  return scenarios.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join('')
}
