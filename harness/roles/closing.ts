/** What has to be ended, each when its turn comes and once. */
export interface Closing {
  /** Ends this behind everything that was added before; at once, when everything has been closed already. */
  add(end: () => unknown): void
  /** Ends all of it, in the order of adding, also behind one that failed. Every call answers the same promise. */
  close(): Promise<void>
}

/** An empty list of ends. What is added first is closed first: sockets, so that answers under way still have everything they need. */
export function createClosing(): Closing {
  const ends: (() => unknown)[] = []
  let closed: Promise<void> | undefined

  async function closeAll(): Promise<void> {
    const failures: unknown[] = []
    for (const end of ends) {
      try {
        await end()
      } catch (failure) {
        failures.push(failure)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
  return {
    add(end) {
      if (closed === undefined) {
        ends.push(end)
        return
      }
      closed = closed.finally(end)
      // Nobody waits any more who could be told.
      closed.catch(() => undefined)
    },
    close() {
      closed ??= closeAll()
      return closed
    },
  }
}
