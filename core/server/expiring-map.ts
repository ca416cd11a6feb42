import type { Clock } from './clock.ts'

/** A map whose entries are gone once they expire and whose size has a limit: what strangers can fill must not grow. For entries that live equally long. */
export interface ExpiringMap<V> {
  /** The value of a key that was set and has not expired. */
  get(key: string): V | undefined
  /** Makes this the newest entry, also when the key was there before. */
  set(key: string, value: V, expiresAt: number): void
  /** Puts this in the place of a value that is there, which is as old as before and expires when it would have; false when there is none. `onRemove` is not told. */
  replace(key: string, value: V): boolean
  /** The value that was there; undefined when it had expired or been deleted before, so that only one caller acts on it. */
  delete(key: string): V | undefined
  /** Oldest first; an expired one may be among them. */
  keys(): readonly string[]
  clear(): void
}

interface ExpiringMapOptions<V> {
  readonly clock: Clock
  /** When full, the entry that was set longest ago makes room. */
  readonly capacity: number
  /** Told of every value that leaves, so that an index beside the map can follow. */
  readonly onRemove?: (value: V, why: Leaving) => void
}

/** Why a value left: its time was over, it made room for another, or it was taken out (by `set`, `delete` or `clear`). */
export type Leaving = 'expiry' | 'capacity' | 'taken'

interface Entry<V> {
  readonly value: V
  readonly expiresAt: number
}

/** Keeps entries in this process, each until its expiry and not at it. */
export function createExpiringMap<V>({ clock, capacity, onRemove }: ExpiringMapOptions<V>): ExpiringMap<V> {
  const entries = new Map<string, Entry<V>>()
  const hasExpired = ({ expiresAt }: Entry<V>): boolean => clock.now() >= expiresAt

  function remove(key: string, why: Leaving = 'taken'): V | undefined {
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    entries.delete(key)
    onRemove?.(entry.value, why)
    return entry.value
  }
  function find(key: string): V | undefined {
    const entry = entries.get(key)
    if (entry === undefined || !hasExpired(entry)) return entry?.value
    remove(key, 'expiry')
    return undefined
  }
  // Stops at the first entry that may stay, so that setting costs the same however many there are.
  function makeRoom(): void {
    for (const [key, entry] of entries) {
      const isOver = hasExpired(entry)
      if (entries.size < capacity && !isOver) return
      remove(key, isOver ? 'expiry' : 'capacity')
    }
  }
  return {
    get: find,
    set(key, value, expiresAt) {
      remove(key)
      makeRoom()
      entries.set(key, { value, expiresAt })
    },
    replace(key, value) {
      const entry = entries.get(key)
      if (entry === undefined || find(key) === undefined) return false
      entries.set(key, { ...entry, value })
      return true
    },
    delete: (key) => (find(key) === undefined ? undefined : remove(key)),
    keys: () => [...entries.keys()],
    clear() {
      for (const key of entries.keys()) remove(key)
    },
  }
}
