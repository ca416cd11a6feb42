import type { Journal } from './journal.ts'
import type { KeptSeen } from './seen.ts'

/** What comes next for somebody who reads along. */
export type Followed =
  | { readonly kind: 'entries'; readonly entries: readonly KeptSeen[] }
  /** So many that were to come first had fallen out already when reading began. */
  | { readonly kind: 'gap'; readonly count: number }
  /** So many fell out before they were read; nothing more comes. */
  | { readonly kind: 'dropped'; readonly count: number }
  /** Nothing has come for a while. */
  | { readonly kind: 'quiet' }

export interface Follower {
  /** What comes next, once there is something; undefined at the end. One call at a time. */
  next(): Promise<Followed | undefined>
  stop(): void
}

export interface Following {
  /** Begins behind this `seq`; with the next entry when absent. One that is not reached yet is of another journal: then with all there is. */
  readonly after?: number | undefined
  /** At most so often, in real time, so that many who follow one busy writer take little of its time. */
  readonly breathMs?: number
  /** After how long without anything that is said. */
  readonly quietMs?: number
}

const mostAtOnce = 100

/**
 * Reads along with a journal: nothing is lost and nothing comes twice, also over a reset. A follower holds no entries but, after a reset, the last few that it had not read; what falls out of the
 * journal before it was read ends it.
 */
export function follow(
  journal: Journal,
  { after = journal.last, breathMs = 100, quietMs = 15_000 }: Following = {},
): Follower {
  let position = after > journal.last ? 0 : after
  let lost = 0
  let hasBegun = false
  let state: 'open' | 'closed' | 'stopped' = 'open'
  /** Unread when the journal was reset. */
  let wiped: readonly KeptSeen[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let wake = () => {}
  const unwatch = journal.watch({
    more: () => wake(),
    ended: (why) => {
      if (why === 'closed') state = 'closed'
      else keepUnread()
      wake()
    },
  })
  const unreadOnes = (): readonly KeptSeen[] => {
    const unread = journal.since(position)
    const reached = journal.last - unread.length
    lost += reached - position
    position = reached
    return unread
  }
  const keepUnread = () => {
    const unread = [...wiped, ...unreadOnes()]
    const isTooMuch = unread.length > mostAtOnce
    if (isTooMuch) lost += unread.length
    wiped = isTooMuch ? [] : unread
    position = journal.last
  }
  const stop = () => {
    state = 'stopped'
    unwatch()
    wake()
  }
  const step = (): Followed | undefined => {
    const unread = wiped.length > 0 ? wiped : unreadOnes()
    if (lost > 0) return tellLost()
    if (unread.length === 0) return undefined
    const entries = unread.slice(0, mostAtOnce)
    if (wiped.length > 0) wiped = []
    else position += entries.length
    hasBegun = true
    readAt = performance.now()
    return { kind: 'entries', entries }
  }
  const tellLost = (): Followed => {
    const count = lost
    lost = 0
    if (hasBegun) stop()
    const kind = hasBegun ? 'dropped' : 'gap'
    hasBegun = true
    return { kind, count }
  }
  const more = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, quietMs).unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    wake = () => {}
  }
  return {
    async next() {
      await breathe(breathMs - (performance.now() - readAt))
      if (state === 'stopped') return undefined
      const found = step()
      if (found !== undefined || state === 'closed') return found
      await more()
      // Its state has changed meanwhile, which the compiler cannot know.
      const now = state as 'open' | 'closed' | 'stopped'
      if (now === 'stopped') return undefined
      return step() ?? (now === 'closed' ? undefined : { kind: 'quiet' })
    },
    stop,
  }
}

async function breathe(ms: number): Promise<void> {
  if (ms > 0) await new Promise<void>((resolve) => setTimeout(resolve, ms).unref())
}
