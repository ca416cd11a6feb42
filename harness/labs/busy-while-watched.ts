import type { Journal } from '#server/journal/journal'

/** The same journal; each time that somebody watches it `begin` is called, and what that answers when he no longer does, be it since he left or since he was dropped. */
export function busyWhileWatched(journal: Journal, begin: () => () => void): Journal {
  const watch: Journal['watch'] = (watcher) => {
    const end = begin()
    const unwatch = journal.watch(watcher)
    return () => {
      unwatch()
      end()
    }
  }
  return Object.create(journal, { watch: { value: watch, enumerable: true } })
}
