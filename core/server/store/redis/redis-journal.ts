import { type Clock, systemClock } from '../../clock.ts'
import { newId } from '../../ids.ts'
import { type Journal, usualBounds } from '../../journal/journal.ts'
import { type JournalBounds, keepEntries } from '../../journal/kept-entries.ts'
import { type Log, silentLog } from '../../logging.ts'
import { readEntry, type UnnumberedEntry, writeEntry } from './entry-text.ts'
import { epochKey } from './epoch.ts'
import { addEntries, journalKeys, readEntries } from './journal-scripts.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { RedisConnection } from './redis-connection.ts'

/** A journal that all replicas of a lab write into and read from. */
export interface RedisJournal extends Journal {
  /** Settled once all that was noted so far is where every replica reads it: before each answer. @throws StoreUnavailable; then what was noted is sent with the next */
  settle(): Promise<void>
}

export interface RedisJournalOptions {
  /** What its keys begin with. */
  readonly prefix: string
  /** Is given the entry of a reset, to be written with what else is reset. */
  readonly reset: (text: string) => void
  /** Is told that the engine turned out to have other data than before. */
  readonly renewed?: () => void
  readonly bounds?: JournalBounds
  readonly real?: Clock
  /** How long one waits for news before asking again, while somebody watches. */
  readonly breathMs?: number
  /** Where it is said that entries were lost. */
  readonly log?: Log
}

const mostAtOnce = 500
/** Of what was noted while the engine was away. */
const mostUnsent = 10_000

/**
 * Keeps a journal in an engine. What is read stands in this process, as a copy that `catchUp` brings up to date, and that follows by itself while somebody watches: a replica that nobody asks copies nothing.
 */
export function createRedisJournal(
  redis: RedisConnection,
  {
    prefix,
    reset,
    renewed,
    bounds = usualBounds,
    real = systemClock,
    breathMs = 50,
    log = silentLog,
  }: RedisJournalOptions,
): RedisJournal {
  const keys = [...journalKeys(prefix), epochKey(prefix)]
  const kept = keepEntries(bounds)
  const self = newId()
  const unsent: string[] = []
  /** What is on its way, sent again under the same number until the engine says that it has it. */
  let batch: { readonly number: number; readonly noted: readonly string[] } = { number: 0, noted: [] }
  /** How much found no room since it was told last. */
  let lost = 0
  /** Of what is kept. */
  let epoch = ''
  let { connections } = redis
  let isClosed = false
  let isFollowing = false
  const add = (text: string) => {
    if (unsent.length < mostUnsent) unsent.push(text)
    else lost += 1
  }
  const send = async (): Promise<void> => {
    // Of what is noted from now on somebody else waits to hear.
    let left = unsent.length
    while (batch.noted.length + left > 0) {
      if (batch.noted.length === 0) {
        batch = { number: batch.number + 1, noted: unsent.splice(0, Math.min(left, mostAtOnce)) }
        left -= batch.noted.length
      }
      const bound = [bounds.entries, bounds.octets].map(String)
      await redis.run(addEntries, keys, [...bound, self, `${batch.number}`, ...batch.noted])
      batch = { ...batch, noted: [] }
    }
    tellLost()
    if (kept.isWatched) void catchUp().catch(() => undefined)
  }
  const tellLost = () => {
    if (lost === 0) return
    const says = `the store at ${redis.place} was away for so long that the journal lacks ${lost} entries: no more than ${mostUnsent} wait for it`
    log.warn({ code: 'JOURNAL_LOST', lost }, says)
    lost = 0
  }
  const read = async (): Promise<void> => {
    for (;;) {
      const { connections: during } = redis
      // An engine that was away may have come back as it was a while ago: the last that is known is looked at again.
      const behind = connections === during ? kept.last : Math.max(0, kept.last - 1)
      const answer = await redis.run(readEntries, keys, [`${behind}`, `${mostAtOnce}`])
      const [found, last, dropped, entries] = answer as [string, string, string, [string, [string, string]][]]
      const isOther = (epoch !== '' && found !== epoch) || entries.some(isAnother)
      epoch = found
      connections = during
      // The engine has other data: its numbers begin anew.
      if (isOther || Number(last) < kept.last) {
        startAnew()
        renewed?.()
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
        add(writeEntry({ at: real.now(), party, clock: clock.now(), ...seen }))
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
    reset: () => reset(writeEntry({ at: real.now(), party: '', clock: real.now(), what: 'reset' })),
    close() {
      isClosed = true
      kept.close()
    },
  }
}
