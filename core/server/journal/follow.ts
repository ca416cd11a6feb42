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
 * Reads along with a journal: nothing is lost and nothing comes twice, also over a reset. A follower holds no entries but, after a reset, the last few that it had not read. Once something falls out
 * of the journal before it was read it watches no longer, whether or not it ever reads again; if it does, it is told.
 */
export function follow(
  journal: Journal,
  { after = journal.last, breathMs = 100, quietMs = 15_000 }: Following = {},
): Follower {
  let position = after > journal.last ? 0 : after
  let lost = 0
  let state: 'open' | 'closed' | 'dropped' | 'stopped' = 'open'
  /** Unread when the journal was reset. */
  let wiped: readonly KeptSeen[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let wake = () => {}
  const unreadOnes = (): readonly KeptSeen[] => {
    const unread = journal.since(position)
    const reached = journal.last - unread.length
    lost += reached - position
    position = reached
    return unread
  }
  unreadOnes()
  let gap = lost
  lost = 0
  const hasLost = () => lost > 0 || (position < journal.last && journal.get(position + 1) === undefined)
  const unwatch = journal.watch({
    more: () => {
      if (hasLost()) drop()
      wake()
    },
    ended: (why) => {
      if (why === 'closed') state = 'closed'
      else keepUnread()
      wake()
    },
  })
  const drop = () => {
    state = 'dropped'
    unwatch()
  }
  const keepUnread = () => {
    const unread = [...wiped, ...unreadOnes()]
    const isTooMuch = unread.length > mostAtOnce
    if (isTooMuch) lost += unread.length
    wiped = isTooMuch ? [] : unread
    position = journal.last
    if (lost > 0) drop()
  }
  const stop = () => {
    state = 'stopped'
    unwatch()
    wake()
  }
  const step = (): Followed | undefined => {
    const unread = wiped.length > 0 ? wiped : unreadOnes()
    if (gap > 0) return tellGap()
    if (lost > 0) return tellDropped()
    if (unread.length === 0) return undefined
    const entries = unread.slice(0, mostAtOnce)
    if (wiped.length > 0) wiped = []
    else position += entries.length
    readAt = performance.now()
    return { kind: 'entries', entries }
  }
  const tellGap = (): Followed => {
    const count = gap
    gap = 0
    return { kind: 'gap', count }
  }
  const tellDropped = (): Followed => {
    stop()
    return { kind: 'dropped', count: lost }
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
      const now = state as 'open' | 'closed' | 'dropped' | 'stopped'
      if (now === 'stopped') return undefined
      return step() ?? (now === 'closed' ? undefined : { kind: 'quiet' })
    },
    stop,
  }
}

async function breathe(ms: number): Promise<void> {
  if (ms > 0) await new Promise<void>((resolve) => setTimeout(resolve, ms).unref())
}
