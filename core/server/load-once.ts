import { makeOnce } from './make-once.ts'

/**
 * Answers how to get what `load` loads when somebody first asks, or asks again after a failure. An import of its own for each call would cost each the search for the
 * module.
 */
export function loadOnce<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  const get = makeOnce<Loaded>()
  return () => get('', load)
}
