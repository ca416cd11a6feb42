import { longestTimerMs } from '#server/timers'

/** A timer that can begin again: what `setTimeout` answers. */
export interface Timer {
  refresh(): unknown
  unref(): unknown
}

/** Somebody who is used now and then. */
export interface Idle {
  /** Does some work, during which and from whose end on nobody is idle. */
  during<T>(work: () => T | Promise<T>): Promise<T>
  /** The same for what ends when the function that this answers is called, at the first time. */
  begin(): () => void
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
  const timer = startTimer(
    () => {
      if (stopped) return
      if (underWay === 0) end()
      else timer.refresh()
    },
    Math.min(idleMs, longestTimerMs),
  )
  timer.unref()
  const begin = () => {
    let isUnderWay = true
    underWay += 1
    return () => {
      if (!isUnderWay) return
      isUnderWay = false
      underWay -= 1
      if (!stopped) timer.refresh()
    }
  }
  return {
    async during(work) {
      const end = begin()
      try {
        return await work()
      } finally {
        end()
      }
    },
    begin,
    stop() {
      stopped = true
      clearTimeout(timer as NodeJS.Timeout)
    },
  }
}
