import { matcher } from '#server/journal/match'
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

/** Every entry of the journal that is like this, oldest first. */
export async function entriesLike(match: WireMatch, stage: Stage): Promise<readonly Entry[]> {
  const fieldOf = (entry: unknown, field: string): unknown =>
    (entry as Readonly<Record<string, unknown>>)[field] ?? null
  const fits = matcher(await withEntityIds(match, stage), { inHand: fieldOf, read: fieldOf }) as (
    entry: unknown,
  ) => boolean
  const { entries } = await stage.lab.journal.read({ limit: 10_000 })
  return entries.filter(fits)
}

/** The newest of them. @throws Error when there is none */
export async function newestLike(match: WireMatch, stage: Stage): Promise<Entry> {
  const newest = (await entriesLike(match, stage)).at(-1)
  if (newest !== undefined) return newest
  throw new Error(`nothing in the journal is like ${JSON.stringify(match)}`)
}
