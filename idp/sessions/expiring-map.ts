import type { Clock } from '#server/clock'

/** A map whose entries end by themselves and whose size has a limit: what strangers can fill must not grow. */
export interface ExpiringMap<V> {
  /** The value of a key that was set and has not expired. */
  get(key: string): V | undefined
  set(key: string, value: V, expiresAt: number): void
  delete(key: string): V | undefined
  /** In the order in which they were set; an expired one may be among them. */
  keys(): readonly string[]
  clear(): void
}

export interface ExpiringMapOptions<V> {
  readonly clock: Clock
  /** When full, the entry that was set first makes room. */
  readonly capacity: number
  /** Told of every value that leaves, so that an index beside the map can follow. */
  readonly onRemove?: (value: V) => void
}

export function createExpiringMap<V>({ clock, capacity, onRemove }: ExpiringMapOptions<V>): ExpiringMap<V> {
  const entries = new Map<string, { value: V; expiresAt: number }>()

  const remove = (key: string): V | undefined => {
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    entries.delete(key)
    onRemove?.(entry.value)
    return entry.value
  }

  const find = (key: string): V | undefined => {
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    if (clock.now() < entry.expiresAt) return entry.value
    remove(key)
    return undefined
  }

  return {
    get: find,
    set: (key, value, expiresAt) => {
      remove(key)
      const [oldest] = entries.keys()
      if (oldest !== undefined && entries.size >= capacity) remove(oldest)
      entries.set(key, { value, expiresAt })
    },
    delete: (key) => (find(key) === undefined ? undefined : remove(key)),
    keys: () => [...entries.keys()],
    clear: () => {
      for (const key of [...entries.keys()]) remove(key)
    },
  }
}
