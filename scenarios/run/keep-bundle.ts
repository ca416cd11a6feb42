import { join } from 'node:path'
import { fileNameOf, type ScenarioResult } from './scenario-result.ts'
import { bundleAsText } from './write-bundle.ts'
import { writeWhole } from './write-whole.ts'

/** Writes what repeats a scenario that did not hold to a file in a folder, and says so in its result; one whose world never was has nothing to repeat. */
export function keepBundle(result: ScenarioResult, folder: string): ScenarioResult {
  const { outcome, scenario, sight } = result
  if (outcome !== 'differs' || sight.bundle === undefined) return result
  const path = join(folder, `${fileNameOf(result)}.sloop-bundle.json`)
  writeWhole(path, bundleAsText({ ...sight.bundle, scenario }))
  return { ...result, bundle: path }
}
