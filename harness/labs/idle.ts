/** A timer that can begin again: what `setTimeout` answers. */
export interface Timer {
  refresh(): unknown
  unref(): unknown
}

/** Somebody who is used now and then. */
export interface Idle {
  /** Does some work, during which and from whose end on nobody is idle. */
  during<T>(work: () => T | Promise<T>): Promise<T>
  /** Forgets about it. */
  stop(): void
}

/** Calls `end` once nobody has used it for `idleMs`, of real time. It keeps no process alive. */
export function whenIdle(
  idleMs: number,
  end: () => void,
  startTimer: (run: () => void, ms: number) => Timer = setTimeout,
): Idle {
  let underWay = 0
  let stopped = false
  const timer = startTimer(() => {
    if (stopped) return
    if (underWay === 0) end()
    else timer.refresh()
  }, idleMs)
  timer.unref()
  return {
    async during(work) {
      underWay += 1
      try {
        return await work()
      } finally {
        underWay -= 1
        if (!stopped) timer.refresh()
      }
    },
    stop() {
      stopped = true
      clearTimeout(timer as NodeJS.Timeout)
    },
  }
}
