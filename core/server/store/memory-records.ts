import { createExpiringMap, type Leaving } from '../expiring-map.ts'
import type { Records, RecordsOptions } from './records.ts'

const nowhere = (): readonly string[] => []

/** Keeps records in this process, and finds each in constant time. */
export function createMemoryRecords<V>(options: RecordsOptions<V>): Records<V> {
  const { clock, capacity, indexesOf = nowhere, lost } = options
  const keysByIndex = new Map<string, Set<string>>()
  const entries = createExpiringMap<readonly [key: string, value: V]>({ clock, capacity, onRemove })

  function onRemove([key, value]: readonly [string, V], why: Leaving): void {
    leave(key, indexesOf(value))
    if (why !== 'taken') lost?.(value, why)
  }
  const leave = (key: string, words: readonly string[]): void => {
    for (const word of words) {
      const keys = keysByIndex.get(word)
      keys?.delete(key)
      if (keys?.size === 0) keysByIndex.delete(word)
    }
  }
  const join = (key: string, words: readonly string[]): void => {
    for (const word of words) {
      const keys = keysByIndex.get(word)
      if (keys === undefined) keysByIndex.set(word, new Set([key]))
      else keys.add(key)
    }
  }
  const get = (key: string): V | undefined => entries.get(key)?.[1]
  const set = (key: string, value: V, expiresAt: number): void => {
    entries.set(key, [key, value], expiresAt)
    join(key, indexesOf(value))
  }
  const replace = (key: string, before: V, value: V): void => {
    entries.replace(key, [key, value])
    const [was, is] = [new Set(indexesOf(before)), new Set(indexesOf(value))]
    leave(
      key,
      [...was].filter((word) => !is.has(word)),
    )
    join(
      key,
      [...is].filter((word) => !was.has(word)),
    )
  }
  const live = (keys: Iterable<string>): readonly V[] =>
    [...keys].map((key) => entries.get(key)).flatMap((entry) => (entry === undefined ? [] : [entry[1]]))

  return {
    get: async (key) => get(key),
    set: async (key, value, expiresAt) => set(key, value, expiresAt),
    add: async (key, value, expiresAt) => {
      if (entries.get(key) !== undefined) return false
      set(key, value, expiresAt)
      return true
    },
    update: async (key, change, expiresAt) => {
      const before = get(key)
      if (before === undefined) return undefined
      const value = change(before)
      if (value === before) return value
      if (expiresAt === undefined) replace(key, before, value)
      else set(key, value, expiresAt)
      return value
    },
    updateAndAdd: async (key, change, added) => {
      const before = get(key)
      if (before === undefined) return false
      const value = change(before)
      if (value === before) return false
      replace(key, before, value)
      set(added.key, added.value, added.expiresAt)
      return true
    },
    touch: async (key, expiresAt) => {
      const value = get(key)
      if (value !== undefined) set(key, value, expiresAt)
      return value
    },
    take: async (key, isMeant) => {
      if (isMeant === undefined) return entries.delete(key)?.[1]
      const value = get(key)
      return value !== undefined && isMeant(value) ? entries.delete(key)?.[1] : undefined
    },
    findBy: async (word) => live(keysByIndex.get(word) ?? []),
    list: async () => live(entries.keys()),
    clear: async () => entries.clear(),
  }
}
