import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Control } from '../harness/index.ts'
import type { Scenario } from './scenario.ts'
import type { World } from './truth.ts'

/** What a lab tells of itself, and the scenario that did not hold in it: one JSON file. */
export type Bundle = Awaited<ReturnType<Control['bundle']>> & { readonly scenario?: Scenario }

interface Where {
  readonly world: World
  readonly folder: string
}

/** Writes what happened in a world, and the scenario that it is about, to a file; answers its name. A world that tells nothing of itself writes nothing. */
export async function writeBundle(scenario: Scenario, { world, folder }: Where): Promise<string | undefined> {
  const told = await world.bundle?.()
  if (told === undefined) return undefined
  const path = join(folder, `${scenario.id.replace(/[^\w-]+/g, '-')}.sloop-bundle.json`)
  await mkdir(folder, { recursive: true })
  const bundle: Bundle = { ...told, scenario }
  await writeFile(path, JSON.stringify(bundle, null, 2))
  return path
}
