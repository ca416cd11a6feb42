import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSources } from './check-sources.ts'
import { copyProduct, type ProductCopy } from './product-copy.ts'
import type { Caught, Sabotage } from './sabotage.ts'
import { sabotages } from './sabotages.ts'
import { documentOf, lineOf } from './table.ts'
import { type Fallen, tellStories } from './tell-stories.ts'

interface Bench {
  /** Where the product is. */
  readonly repository: string
  readonly print: (line: string) => void
  readonly stop: AbortSignal
}

/**
 * Damages a copy of the product in one way after the other and has it tell the catalogue: `[pattern] [--write]`, where the pattern is a part of an id or of a
 * file. With `--write` docs/sabotage.md has what came of it. Answers the exit code: 1 where a sabotage survived, 2 where
 * it was stopped.
 * @throws Error before anything starts where a sabotage does not fit the source
 */
export async function sabotage(args: readonly string[], { repository, print, stop }: Bench): Promise<number> {
  const pattern = args.find((arg) => !arg.startsWith('-')) ?? ''
  const chosen = sabotages.filter(({ id, file }) => id.includes(pattern) || file.includes(pattern))
  if (chosen.length === 0) throw new Error(`no sabotage has [${pattern}] in its id or its file`)
  checkSources(repository, chosen)
  const product = copyProduct(repository, stop)
  const all: Caught[] = []
  try {
    for (const each of chosen) {
      const caught = await product.whileSabotaged(each, () => catchIt(each, product, stop))
      all.push(caught)
      print(lineOf(caught))
      if (args.includes('--write')) writeDown(repository, caught)
    }
  } catch (error) {
    if (!stop.aborted) throw error
    print(`stopped after ${all.length} of ${chosen.length}`)
    return 2
  } finally {
    product.remove()
  }
  const survivors = all.filter(({ by }) => by === undefined)
  print(`${all.length - survivors.length} of ${all.length} were caught`)
  return survivors.length === 0 ? 0 : 1
}

function writeDown(repository: string, caught: Caught): void {
  const path = join(repository, 'docs', 'sabotage.md')
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const ids = sabotages.map(({ id }) => id)
  writeFileSync(path, documentOf(ids, [caught], before))
}

/** The story that is about it is told before all the others. */
async function catchIt(sabotage: Sabotage, { program }: ProductCopy, stop: AbortSignal): Promise<Caught> {
  const fallen: Fallen =
    (await tellStories(program, [sabotage.shownBy], stop)) ?? (await tellStories(program, [], stop))
  return { sabotage, by: fallen?.id, sentence: fallen?.difference ?? '' }
}
