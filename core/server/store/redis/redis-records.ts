import { systemClock } from '../../clock.ts'
import type { Addition, Records, RecordsOptions } from '../records.ts'
import { type Step, writeIf } from './conditional-write.ts'
import { dropGone, mostAtOnce, readMembers } from './read-members.ts'
import { readRecord, type WrittenRecord, writeRecord } from './record-text.ts'
import type { RedisConnection } from './redis-connection.ts'

/** A shared store has room for so many times more than one process. */
const roomier = 100
/** So much longer than a record lives by its party's clock, which people move, the engine keeps it: its own expiry is only the upper bound. */
const graceMs = 24 * 60 * 60 * 1000
const leastGraceMs = 10 * 60 * 1000
/** After so many writes it is looked whether the oldest are still there. */
const writesToLook = 64

/** A record as it was read: what a conditional write must find. */
interface Found<V> extends WrittenRecord<V> {
  readonly text: string
}

interface Next<V> extends WrittenRecord<V> {
  readonly isNewest: boolean
  /** What comes with it in the same step. */
  readonly added?: Addition<V> | undefined
}

interface Change<V> {
  /** What is there now. */
  readonly value: V | undefined
  readonly done: boolean
}

const nowhere = (): readonly string[] => []

/** Keeps records in an engine, each under a key that begins with `prefix`. A change is a conditional write, tried again where somebody else was first. */
export function createRedisRecords<V>(
  redis: RedisConnection,
  prefix: string,
  { name, clock, capacity, isBrief = false, indexesOf = nowhere, lost }: RecordsOptions<V>,
): Records<V> {
  const base = `${prefix}${name}`
  const all = `${base}/all`
  const keyOf = (key: string) => `${base}=${key}`
  const indexOf = (word: string) => `${base}~${word}`
  const room = capacity * roomier
  let writes = 0

  const read = (key: string, text: string): Found<V> => ({ ...readRecord<V>(text, keyOf(key)), text })
  const fetch = async (key: string): Promise<Found<V> | undefined> => {
    const text = await redis.send(keyOf(key), ['GET', keyOf(key)])
    return text === null ? undefined : read(key, text as string)
  }
  const write = async (key: string, expected: Found<V> | undefined, steps: readonly Step[]) => {
    const written = await writeIf(redis, {
      key: keyOf(key),
      expected: expected?.text,
      order: `${base}/order`,
      all,
      steps,
    })
    if (written.done) return { ...written, found: undefined }
    return { ...written, found: written.found === undefined ? undefined : read(key, written.found) }
  }

  const leave = (key: string, sets: readonly string[]): Step[] =>
    sets.map((set) => ({ do: 'leave', key: set, member: key }))
  const indexes = (found: WrittenRecord<V> | undefined): readonly string[] =>
    found === undefined ? [] : indexesOf(found.value).map(indexOf)

  const stepsTo = (key: string, before: Found<V> | undefined, { isNewest, added, ...next }: Next<V>): Step[] => {
    const until = engineInstant(next.expiresAt - clock.now(), isBrief)
    const into = [all, ...indexes(next)]
    return [
      { do: 'keep', key: keyOf(key), text: writeRecord(next), until },
      ...leave(
        key,
        indexes(before).filter((index) => !into.includes(index)),
      ),
      ...into.map((set): Step => ({ do: isNewest ? 'append' : 'join', key: set, member: key, until })),
      ...(added === undefined ? [] : stepsTo(added.key, undefined, { ...added, isNewest: true })),
    ]
  }
  const put = async (key: string, before: Found<V> | undefined, next: Next<V>) => {
    const written = await write(key, before, stepsTo(key, before, next))
    if (written.done && written.size > room) await evict(written.size - room)
    writes += 1
    if (writes % writesToLook === 0) await dropGone(redis, all, { start: keyOf(''), oldest: 2 * writesToLook })
    return written
  }
  const remove = async (key: string, found: Found<V>, why: 'expiry' | 'capacity' | 'taken'): Promise<boolean> => {
    const { done } = await write(key, found, [{ do: 'drop', key: keyOf(key) }, ...leave(key, [all, ...indexes(found)])])
    if (done && why !== 'taken') lost?.(found.value, why)
    return done
  }
  const evict = async (many: number): Promise<void> => {
    const keys = (await redis.send(all, ['ZRANGE', all, '0', `${many - 1}`])) as string[]
    for (const key of keys) {
      const found = await fetch(key)
      if (found === undefined) await write(key, undefined, leave(key, [all]))
      else await remove(key, found, 'capacity')
    }
  }
  const hasExpired = ({ expiresAt }: WrittenRecord<V>): boolean => clock.now() >= expiresAt
  /** What was found, unless its time is over: then it goes, and whoever is to hear of it hears once. */
  const live = async (key: string, found: Found<V> | undefined): Promise<Found<V> | undefined> => {
    if (found === undefined || !hasExpired(found)) return found
    await remove(key, found, 'expiry')
    return undefined
  }
  /** Puts in the place of what lives under the key what `next` makes of it, until nobody comes between; undefined leaves it as it is. */
  const change = async (key: string, next: (found: Found<V>) => Next<V> | undefined): Promise<Change<V>> => {
    let found = await live(key, await fetch(key))
    while (found !== undefined) {
      const wanted = next(found)
      if (wanted === undefined) return { value: found.value, done: false }
      const written = await put(key, found, wanted)
      if (written.done) return { value: wanted.value, done: true }
      found = await live(key, written.found)
    }
    return { value: undefined, done: false }
  }
  const update = (key: string, how: (value: V) => V, { at, added }: { at?: number | undefined; added?: Addition<V> }) =>
    change(key, ({ value: before, expiresAt }) => {
      const value = how(before)
      return value === before ? undefined : { value, expiresAt: at ?? expiresAt, isNewest: at !== undefined, added }
    })
  /** The members of a set that live; one that the engine has forgotten leaves it. */
  const members = async (set: string): Promise<readonly V[]> => {
    const { members: keys, texts } = await readMembers(redis, set, keyOf(''))
    const values: V[] = []
    for (let from = 0; from < keys.length; from += mostAtOnce) {
      const some = keys.slice(from, from + mostAtOnce)
      const held = from === 0 ? texts : ((await redis.send(set, ['MGET', ...some.map(keyOf)])) as typeof texts)
      for (const [at, key] of some.entries()) {
        const text = held[at] ?? undefined
        if (text === undefined) await write(key, undefined, leave(key, [all, set]))
        const found = text === undefined ? undefined : await live(key, read(key, text))
        if (found !== undefined) values.push(found.value)
      }
    }
    return values
  }
  const take = async (key: string, isMeant = (_value: V) => true): Promise<V | undefined> => {
    for (;;) {
      const found = await live(key, await fetch(key))
      if (found !== undefined && !isMeant(found.value)) return undefined
      if (found === undefined || (await remove(key, found, 'taken'))) return found?.value
    }
  }

  return {
    get: async (key) => (await live(key, await fetch(key)))?.value,
    set: async (key, value, expiresAt) => {
      const next = { value, expiresAt, isNewest: true }
      // Most keys are new.
      let written = await put(key, undefined, next)
      while (!written.done) written = await put(key, written.found, next)
    },
    add: async (key, value, expiresAt) => {
      let written = await put(key, undefined, { value, expiresAt, isNewest: true })
      while (!written.done) {
        if ((await live(key, written.found)) !== undefined) return false
        written = await put(key, undefined, { value, expiresAt, isNewest: true })
      }
      return true
    },
    update: async (key, how, at) => (await update(key, how, { at })).value,
    updateAndAdd: async (key, how, added) => (await update(key, how, { added })).done,
    touch: async (key, expiresAt) => (await change(key, ({ value }) => ({ value, expiresAt, isNewest: true }))).value,
    take,
    findBy: (word) => members(indexOf(word)),
    list: () => members(all),
    clear: async () => {
      for (;;) {
        const keys = (await redis.send(all, ['ZRANGE', all, '0', `${mostAtOnce - 1}`])) as string[]
        if (keys.length === 0) return
        await Promise.all(keys.map(async (key) => (await take(key)) ?? write(key, undefined, leave(key, [all]))))
      }
    },
  }
}

/** When the engine may forget what lives so long by a party's clock; undefined: never. */
function engineInstant(toLiveMs: number, isBrief: boolean): number | undefined {
  const livesMs = Math.max(0, toLiveMs)
  const at = systemClock.now() + livesMs + (isBrief ? Math.min(graceMs, Math.max(leastGraceMs, livesMs)) : graceMs)
  return Number.isFinite(at) ? Math.ceil(at) : undefined
}
