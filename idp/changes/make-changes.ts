import type { Draft } from '../outbox/draft.ts'
import { type Change, changeNames, changes } from './change-list.ts'
import type { ChangeRow, Met, Point, Subjects } from './change-row.ts'

/** A change that cannot be made on the message it meets, and why, in words that follow a colon. */
export interface NotMade {
  readonly key: keyof Change
  readonly why: string
}

/** What can be made of a change on this message, and what it says then. */
export interface MadeDraft {
  readonly draft: Draft
  readonly change: Change
  readonly notMade: readonly NotMade[]
}

/** Makes the changes at the first point, and finds which of the others this message can take as it is then: a RelayState that is changed can be signed otherwise. */
export async function makeDraft(wanted: Change, given: Met): Promise<MadeDraft> {
  const met = await lookUp(wanted, given)
  const ofDraft = findNotMade(wanted, met).filter(({ key }) => rowOf(key).point === 'draft')
  const draft = await changedAt('draft', met.draft, { change: without(wanted, ofDraft), met })
  const ofOthers = findNotMade(wanted, { ...met, draft }).filter(({ key }) => rowOf(key).point !== 'draft')
  const notMade = [...ofDraft, ...ofOthers]
  return { draft, change: without(wanted, notMade), notMade }
}

async function lookUp(change: Change, given: Met): Promise<Met> {
  let met = given
  for (const key of namesIn(change)) met = (await rowOf(key).lookUp?.(change[key], met)) ?? met
  return met
}

/** What of a change this message cannot take. The rest can be made without it. */
export function findNotMade(change: Change, met: Met): readonly NotMade[] {
  return namesIn(change).flatMap((key) => {
    const why = rowOf(key).whyNot?.(change[key], met)
    return why === undefined ? [] : [{ key, why }]
  })
}

/** The change without these keys. */
function without(change: Change, notMade: readonly NotMade[]): Change {
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
