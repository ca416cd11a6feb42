/** What Node's timers wait for at most, 24 days: longer is not at all. */
export const longestTimerMs = 2 ** 31 - 1

/** The same answer; what `late` answers or throws when it does not come in time. */
export async function inTime<T, Late>(
  ms: number,
  answer: Promise<T>,
  late: (answer: Promise<T>) => Late,
): Promise<T | Late> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<typeof isOver>((resolve) => {
    // What came while this process was kept from running has been read before an immediate.
    timer = setTimeout(() => setImmediate(resolve, isOver), ms)
  })
  try {
    const first = await Promise.race([answer, over])
    return first === isOver ? late(answer) : first
  } finally {
    clearTimeout(timer)
  }
}

const isOver = Symbol('the time is over')

/** Settles once it is aborted. */
export function whenAborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined)
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}
