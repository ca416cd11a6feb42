import type { Lab } from '../../harness/index.ts'
import type { WireMatch } from '../scenario/expected.ts'
import type { Stage } from './stage.ts'

export type Entry = Awaited<ReturnType<Lab['journal']['read']>>['entries'][number]

/** The same match with entity ids in the place of the names of this world. */
export async function withEntityIds(match: WireMatch, stage: Stage): Promise<WireMatch> {
  const named = await Promise.all(
    Object.entries(match).map(async ([field, value]) =>
      (field === 'from' || field === 'to') && typeof value === 'string' && value !== 'idp' && value !== 'es'
        ? [field, await stage.entityIdOf(value)]
        : [field, value],
    ),
  )
  return Object.fromEntries(named)
}

/** The newest entry of the journal that is like this. @throws Error when none is */
export async function newestLike(match: WireMatch, stage: Stage): Promise<Entry> {
  const { entries } = await stage.lab.journal.read({ ...(await withEntityIds(match, stage)), limit: 1 })
  const [newest] = entries
  if (newest !== undefined) return newest
  throw new Error(`nothing in the journal is like ${JSON.stringify(match)}`)
}
