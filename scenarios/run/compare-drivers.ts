import type { Lab } from '../../harness/index.ts'
import { httpBrowsers } from '../drivers/http-browser.ts'
import type { OpenBrowser } from '../drivers/user-agent.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { journalInWords, whereTheyPart } from './journal-in-words.ts'
import { runScenario } from './run-scenario.ts'

export interface CompareOptions {
  /** Of a real browser. */
  readonly openBrowser: OpenBrowser
  readonly keysFolder?: string | undefined
}

/** Tells a story without a browser and in one; one sentence for each thing that differs from what it says, or between the two journals. */
export async function compareDrivers(scenario: Scenario, options: CompareOptions): Promise<readonly string[]> {
  if (scenario.onlyIn !== undefined) return []
  const without = await toldBy(scenario, { ...options, openBrowser: httpBrowsers })
  const within = await toldBy(scenario, options)
  const parting = whereTheyPart(without.journal, within.journal)
  return [
    ...without.differences.map((sentence) => `by http: ${sentence}`),
    ...within.differences.map((sentence) => `by browser: ${sentence}`),
    ...(parting === undefined ? [] : [`http is one, browser the other: ${parting}`]),
  ]
}

interface Told {
  readonly differences: readonly string[]
  readonly journal: readonly string[]
}

/** A story that cannot be told to its end has a journal all the same. */
async function toldBy(scenario: Scenario, { openBrowser, keysFolder }: CompareOptions): Promise<Told> {
  let journal: readonly string[] = []
  const told = runScenario(scenario, {
    openBrowser,
    ...(keysFolder !== undefined && { keysFolder }),
    atEnd: async ({ lab }) => {
      journal = await journalOf(lab)
    },
  })
  const differences = await told.then(
    (report) => report.differences,
    (error: unknown) => [String(error)],
  )
  return { differences, journal }
}

async function journalOf(lab: Lab): Promise<readonly string[]> {
  const { entries } = await lab.journal.read({ limit: 10_000 })
  return journalInWords(entries, await lab.world())
}
