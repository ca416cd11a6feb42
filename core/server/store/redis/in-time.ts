/** The same answer; what `late` throws when it does not come in time. */
export async function inTime<T>(ms: number, answer: Promise<T>, late: (answer: Promise<T>) => never): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<'over'>((resolve) => {
    // What came while this process was kept from running has been read before an immediate.
    timer = setTimeout(() => setImmediate(resolve, 'over'), ms)
  })
  try {
    const first = await Promise.race([answer, over])
    return first === 'over' ? late(answer) : first
  } finally {
    clearTimeout(timer)
  }
}
