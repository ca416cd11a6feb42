import { controlError } from '../control/control-error.ts'
import { createDescriber } from '../journal/describe-entry.ts'
import { pageAnswer } from '../pages/page-answer.ts'
import { EntryPage, entryParts } from './entry-page.tsx'
import { neighboursOf } from './entry-parts.ts'
import { explainEntry } from './explain-message.ts'
import type { Visit } from './visit.ts'

/** An entry of the journal, and what its receiver makes of it. @throws ControlError when there is none */
export async function showEntry({ parties, root, at }: Visit, seq: number): Promise<Response> {
  const { describe } = createDescriber(parties)
  const entries = parties.journal.since().map(describe)
  const entry = entries.find((each) => each.seq === seq)
  if (entry === undefined) throw controlError('noSuchEntry', `there is no entry ${seq}, or not any more`)
  const explained = await explainEntry(parties, entry)
  return pageAnswer(
    <EntryPage explained={explained} entry={entry} neighbours={neighboursOf(entry, entries)} root={root} at={at} />,
    entryParts,
  )
}
