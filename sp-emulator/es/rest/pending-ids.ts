import type { Dialect } from '../dialect.ts'

/** The requests that the caller says are pending: to a younger node, to say nothing is to say none (spec §1.7). */
export function pendingIds(ids: readonly string[] | null, { unsolicited }: Dialect): readonly string[] | null {
  return ids ?? (unsolicited === 'named' ? [] : null)
}
