import { type Clock, systemClock } from '../../clock.ts'
import { newId } from '../../ids.ts'
import { type Journal, usualBounds } from '../../journal/journal.ts'
import { type JournalBounds, keepEntries } from '../../journal/kept-entries.ts'
import { readEntry, type UnnumberedEntry, writeEntry } from './entry-text.ts'
import { epochKey } from './epoch.ts'
import { addEntries, readEntries } from './journal-scripts.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { RedisConnection } from './redis-connection.ts'

/** A journal that all replicas of a lab write into and read from. */
export interface RedisJournal extends Journal {
  /** Settled once all that was noted so far is where every replica reads it: before each answer. @throws StoreUnavailable; what was noted is sent with the next */
  settle(): Promise<void>
}

interface RedisJournalOptions {
  /** What its keys begin with. */
  readonly prefix: string
  readonly bounds?: JournalBounds
  readonly real?: Clock
  /** How long one waits for news before asking again, while somebody watches. */
  readonly breathMs?: number
}

const mostAtOnce = 500
/** Of what was noted while the engine was away. */
const mostUnsent = 10_000

/**
 * Keeps a journal in an engine. What is read stands in this process, as a copy that `catchUp` brings up to date, and that follows by itself while somebody watches: a replica that nobody asks copies nothing.
 */
export function createRedisJournal(
  redis: RedisConnection,
  { prefix, bounds = usualBounds, real = systemClock, breathMs = 50 }: RedisJournalOptions,
): RedisJournal {
  const keys = [`${prefix}journal`, `${prefix}journal/state`, epochKey(prefix)]
  const kept = keepEntries(bounds)
  const self = newId()
  const unsent: string[] = []
  /** What is on its way, sent again under the same number until the engine says that it has it. */
  let batch: { readonly number: number; readonly words: readonly string[] } = { number: 0, words: [] }
  /** Of what is kept. */
  let epoch = ''
  let { connections } = redis
  let isClosed = false
  let isFollowing = false
  const add = (word: 'entry' | 'reset', text: string) => {
    if (unsent.length < 2 * mostUnsent) unsent.push(word, text)
  }
  const send = async (): Promise<void> => {
    while (batch.words.length + unsent.length > 0) {
      if (batch.words.length === 0) {
        batch = { number: batch.number + 1, words: unsent.splice(0, mostAtOnce) }
      }
      await redis.run(addEntries, keys, [
        `${bounds.entries}`,
        `${bounds.octets}`,
        self,
        `${batch.number}`,
        ...batch.words,
      ])
      batch = { ...batch, words: [] }
    }
    if (kept.isWatched) void catchUp().catch(() => undefined)
  }
  const read = async (): Promise<void> => {
    for (;;) {
      const { connections: during } = redis
      // An engine that was away may have come back as it was a while ago: the last that is known is looked at again.
      const behind = connections === during ? kept.last : Math.max(0, kept.last - 1)
      const answer = await redis.run(readEntries, keys, [`${behind}`, `${mostAtOnce}`])
      const [found, last, dropped, entries] = answer as [string, string, string, [string, [string, string]][]]
      const isOther = kept.last > 0 && (found !== epoch || entries.some(isAnother))
      epoch = found
      connections = during
      // The engine has other data: its numbers begin anew.
      if (isOther || Number(last) < kept.last) {
        startAnew()
        continue
      }
      const news = entries.filter(([id]) => Number.parseInt(id, 10) > kept.last)
      if (news.length === 0) return
      for (const [id, [, text]] of news) take(Number.parseInt(id, 10), text, Number(dropped))
    }
  }
  /** Under a number that is known here, another entry. */
  const isAnother = ([id, [, text]]: [string, [string, string]]): boolean => {
    const { seq, ...known } = kept.get(Number.parseInt(id, 10)) ?? {}
    return seq !== undefined && writeEntry(known as UnnumberedEntry) !== text
  }
  const startAnew = () => {
    kept.forget()
    kept.skipTo(0, 0)
  }
  const take = (seq: number, text: string, dropped: number) => {
    const entry = readEntry(text, seq)
    if (entry.what === 'reset') kept.forget()
    else if (seq > kept.last + 1) kept.skipTo(seq - 1, kept.last === 0 ? dropped : seq - 1 - kept.last)
    kept.add(entry)
  }
  const catchUp = oneAtATime(read)
  const settle = oneAtATime(send)
  const followWhileWatched = async (): Promise<void> => {
    if (isFollowing) return
    isFollowing = true
    while (kept.isWatched && !isClosed) {
      // An engine that is away is asked again.
      await catchUp().catch(() => undefined)
      await new Promise<void>((resolve) => setTimeout(resolve, breathMs).unref())
    }
    isFollowing = false
  }
  return {
    of: (party, clock) => ({
      note(seen) {
        add('entry', writeEntry({ at: real.now(), party, clock: clock.now(), ...seen }))
        return 0
      },
    }),
    since: kept.since,
    get: kept.get,
    get last() {
      return kept.last
    },
    get dropped() {
      return kept.dropped
    },
    watch(watcher) {
      const unwatch = kept.watch(watcher)
      void followWhileWatched()
      return unwatch
    },
    catchUp,
    settle,
    reset: () => add('reset', writeEntry({ at: real.now(), party: '', clock: real.now(), what: 'reset' })),
    close() {
      isClosed = true
      kept.close()
    },
  }
}
