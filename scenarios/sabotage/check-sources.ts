import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Sabotage, sabotaged } from './sabotage.ts'

/** @throws Error where the source of one is not as it says */
export function checkSources(repository: string, sabotages: readonly Sabotage[]): void {
  for (const each of sabotages) sabotaged(readFileSync(join(repository, each.file), 'utf8'), each)
}
