/** Gets what is made under a name: once, for whoever asks while it is made or afterwards. What could not be made is made anew for whoever asks next. */
export type MakeOnce<T> = (name: string, make: () => Promise<T>) => Promise<T>

/** Nothing is made yet. */
export function makeOnce<T>(): MakeOnce<T> {
  const made = new Map<string, Promise<T>>()
  return (name, make) => {
    const before = made.get(name)
    if (before !== undefined) return before
    const making = make()
    made.set(name, making)
    // Whoever awaits it sees why it could not be made.
    making.catch(() => made.delete(name))
    return making
  }
}
