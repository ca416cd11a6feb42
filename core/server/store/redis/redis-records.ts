import { systemClock } from '../../clock.ts'
import type { Records, RecordsOptions } from '../records.ts'
import { type Step, writeIf } from './conditional-write.ts'
import { readRecord, type WrittenRecord, writeRecord } from './record-text.ts'
import type { RedisConnection } from './redis-connection.ts'

/** A shared store has room for so many times more than one process. */
const roomier = 100
/** So much longer than a record lives by its party's clock, which people move, the engine keeps it: its own expiry is only the upper bound. */
export const graceMs = 24 * 60 * 60 * 1000
const mostAtOnce = 500

/** A record as it was read: what a conditional write must find. */
interface Found<V> extends WrittenRecord<V> {
  readonly text: string
}

/** What becomes of a record: undefined when it stays as it is. */
type Next<V> = (found: Found<V>) => (WrittenRecord<V> & { readonly isNewest: boolean }) | undefined

const nowhere = (): readonly string[] => []

/** Keeps records in an engine, each under a key that begins with `prefix`. A change is a conditional write, tried again where somebody else was first. */
export function createRedisRecords<V>(
  redis: RedisConnection,
  prefix: string,
  { name, clock, capacity, indexesOf = nowhere, lost }: RecordsOptions<V>,
): Records<V> {
  const base = `${prefix}${name}`
  const all = `${base}/all`
  const keyOf = (key: string) => `${base}=${key}`
  const indexOf = (word: string) => `${base}~${word}`
  const room = capacity * roomier

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

  const put = async (
    key: string,
    before: Found<V> | undefined,
    next: WrittenRecord<V> & { readonly isNewest: boolean },
  ) => {
    const { isNewest } = next
    const until = engineInstant(next.expiresAt - clock.now())
    const into = [all, ...indexes(next)]
    const written = await write(key, before, [
      { do: 'keep', key: keyOf(key), text: writeRecord(next), until },
      ...leave(
        key,
        indexes(before).filter((index) => !into.includes(index)),
      ),
      ...into.map((set): Step => ({ do: isNewest ? 'append' : 'join', key: set, member: key, until })),
    ])
    if (written.done && written.size > room) await evict(written.size - room)
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
  const change = async (key: string, next: Next<V>): Promise<V | undefined> => {
    let found = await live(key, await fetch(key))
    while (found !== undefined) {
      const wanted = next(found)
      if (wanted === undefined) return found.value
      const written = await put(key, found, wanted)
      if (written.done) return wanted.value
      found = await live(key, written.found)
    }
    return undefined
  }
  /** The members of a set that live; one that the engine has forgotten leaves it. */
  const members = async (set: string): Promise<readonly V[]> => {
    const keys = (await redis.send(set, ['ZRANGE', set, '0', '-1'])) as string[]
    const values: V[] = []
    for (let from = 0; from < keys.length; from += mostAtOnce) {
      const some = keys.slice(from, from + mostAtOnce)
      const texts = (await redis.send(set, ['MGET', ...some.map(keyOf)])) as (string | null)[]
      for (const [at, key] of some.entries()) {
        const text = texts[at]
        if (text === null || text === undefined) await write(key, undefined, leave(key, [all, set]))
        else
          values.push(
            ...[await live(key, read(key, text))].flatMap((found) => (found === undefined ? [] : [found.value])),
          )
      }
    }
    return values
  }
  const take = async (key: string): Promise<V | undefined> => {
    for (;;) {
      const found = await live(key, await fetch(key))
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
    update: (key, how, newExpiry) =>
      change(key, ({ value: before, expiresAt }) => {
        const value = how(before)
        return value === before
          ? undefined
          : { value, expiresAt: newExpiry ?? expiresAt, isNewest: newExpiry !== undefined }
      }),
    touch: (key, expiresAt) => change(key, ({ value }) => ({ value, expiresAt, isNewest: true })),
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
function engineInstant(livesMs: number): number | undefined {
  const at = systemClock.now() + Math.max(0, livesMs) + graceMs
  return Number.isFinite(at) ? Math.ceil(at) : undefined
}
