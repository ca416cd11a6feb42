/**
 * Things by their names that are few, read often and changed seldom: users, roles, clocks, faults. All replicas have them alike: what one changes, the others
 * read with their next request (`Replicas.refresh`), and a change is where others read it before whoever asked for it is answered (`Replicas.step`).
 */
export interface SharedMap<T> {
  get(name: string): T | undefined
  /** In the order in which they first came, those of the start first. */
  entries(): readonly (readonly [name: string, thing: T])[]
  /** Puts a thing in the place of its name; whether there was none before. */
  put(name: string, thing: T): boolean
  /** Whether there was one to delete. */
  delete(name: string): boolean
  /** What was there at the start, and nothing else. */
  reset(): void
}

export interface SharedMapOptions<T> {
  /** By what it is known to every replica. */
  readonly name: string
  /** What every replica begins with; it is not sent to the others. */
  readonly atStart?: Iterable<readonly [name: string, thing: T]>
  /** A thing as JSON has it, and back; as it is when absent. */
  readonly write?: (thing: T) => unknown
  readonly read?: (written: unknown) => T
}

/** Keeps things in this process. */
export function createSharedMap<T>({ atStart = [] }: Pick<SharedMapOptions<T>, 'atStart'> = {}): SharedMap<T> {
  const first = [...atStart]
  const things = new Map(first)
  return {
    get: (name) => things.get(name),
    entries: () => [...things],
    put: (name, thing) => {
      const isNew = !things.has(name)
      things.set(name, thing)
      return isNew
    },
    delete: (name) => things.delete(name),
    reset: () => {
      things.clear()
      for (const [name, thing] of first) things.set(name, thing)
    },
  }
}
