/** Things by their names, in the order in which they first came. */
export interface NamedStore<T> {
  find(name: string): T | undefined
  /** Puts a thing in the place of its name; whether there was none before. */
  put(name: string, thing: T): boolean
  /** Whether there was one to delete. */
  delete(name: string): boolean
  entries(): readonly (readonly [name: string, thing: T])[]
}

/** A store in memory. */
export function createNamedStore<T>(initial: Iterable<readonly [string, T]> = []): NamedStore<T> {
  const things = new Map(initial)
  return {
    find: (name) => things.get(name),
    put: (name, thing) => {
      const isNew = !things.has(name)
      things.set(name, thing)
      return isNew
    },
    delete: (name) => things.delete(name),
    entries: () => [...things],
  }
}
