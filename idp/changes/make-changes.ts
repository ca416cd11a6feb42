import { type Change, changeNames, changes } from './change-list.ts'
import type { ChangeRow, Met, Point, Subjects } from './change-row.ts'

/** A change that cannot be made on the message it meets, and why, in words that follow a colon. */
export interface NotMade {
  readonly key: keyof Change
  readonly why: string
}

/** What of a change this message cannot take. The rest can be made without it. */
export function findNotMade(change: Change, met: Met): readonly NotMade[] {
  return namesIn(change).flatMap((key) => {
    const why = rowOf(key).whyNot?.(change[key], met)
    return why === undefined ? [] : [{ key, why }]
  })
}

/** The change without these keys. */
export function without(change: Change, notMade: readonly NotMade[]): Change {
  const gone = new Set<string>(notMade.map(({ key }) => key))
  return Object.fromEntries(Object.entries(change).filter(([name]) => !gone.has(name)))
}

/** What becomes of what is right at one point. */
export async function changedAt<P extends Point>(
  point: P,
  right: Subjects[P],
  { change, met }: { readonly change: Change; readonly met: Met },
): Promise<Subjects[P]> {
  let subject = right
  for (const key of namesIn(change)) {
    const row = rowOf(key) as ChangeRow<Point> as ChangeRow<P>
    if (row.point === point) subject = await row.make(subject, change[key], met)
  }
  return subject
}

const namesIn = (change: Change) => changeNames.filter((name) => change[name] !== undefined)

/** A row whose values are checked elsewhere. */
const rowOf = (name: keyof Change) => changes[name] as unknown as ChangeRow
