import { scenarioOfJournal } from '../../harness/index.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { runScenario, type ScenarioReport } from './run-scenario.ts'
import type { Bundle } from './write-bundle.ts'

/**
 * Repeats a bundle: its scenario, else the messages in its journal that an IdP sent to a realm. Our parties sign with new keys; a message that is replayed as it
 * was is verified against the certificates in the bundle.
 * @throws TypeError when it is no bundle that this version knows, ConfigError when there is no message in it
 */
export async function runBundle(bundle: Bundle): Promise<ScenarioReport> {
  const { format, formatVersion } = bundle
  if (format !== 'sloop-bundle' || formatVersion !== 1) {
    throw new TypeError(`expected a sloop-bundle of version 1, found ${JSON.stringify({ format, formatVersion })}`)
  }
  const scenario: Scenario = bundle.scenario ?? (await scenarioOfJournal(bundle))
  return runScenario(scenario)
}
