import type { RunningParties } from '../roles/running-parties.ts'

/** How a form ended that did what it asked for. */
export interface EndedForm {
  /** The name of the operation. */
  readonly operation: string
  /** What was sent. */
  readonly form: URLSearchParams
  /** What was answered, as JSON; empty when that is nothing. */
  readonly answer: string
}

const mostKept = 32

interface Kept {
  count: number
  readonly forms: Map<string, EndedForm>
}

const all = new WeakMap<RunningParties, Kept>()

/** Keeps how a form ended for the page that tells it, which may be loaded anew: the newest 32 of each lab. Answers by what it is found. */
export function keepEnded(parties: RunningParties, ended: EndedForm): string {
  const kept = all.get(parties) ?? { count: 0, forms: new Map() }
  all.set(parties, kept)
  kept.count += 1
  const id = String(kept.count)
  kept.forms.set(id, ended)
  kept.forms.delete(String(kept.count - mostKept))
  return id
}

/** How a form of this operation ended; undefined when that is not known, or not any more. */
export function findEnded(parties: RunningParties, id: string, operation: string): EndedForm | undefined {
  const ended = all.get(parties)?.forms.get(id)
  return ended?.operation === operation ? ended : undefined
}
