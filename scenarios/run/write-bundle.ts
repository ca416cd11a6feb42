import { join } from 'node:path'
import type { Control, Lab } from '../../harness/index.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { writeWhole } from './write-whole.ts'

/** What a lab tells of itself, and the scenario that did not hold in it: one JSON file. */
export type Bundle = Awaited<ReturnType<Control['bundle']>> & { readonly scenario?: Scenario }

interface Where {
  readonly lab: Lab
  readonly folder: string
}

/** Writes what happened in a world, and the scenario that it is about, to a file; answers its name. */
export async function writeBundle(scenario: Scenario, { lab, folder }: Where): Promise<string> {
  const path = join(folder, `${scenario.id.replace(/[^\w-]+/g, '-')}.sloop-bundle.json`)
  writeWhole(path, bundleAsText({ ...(await lab.bundle()), scenario }))
  return path
}

export const bundleAsText = (bundle: Bundle): string => JSON.stringify(bundle, null, 2)
