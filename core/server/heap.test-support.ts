import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** By how many bytes the heap has grown, garbage apart, after `fill`; what `fill` answers is alive meanwhile. */
export async function heapGrowth(fill: () => unknown): Promise<number> {
  const before = usedBytes()
  const alive = [await fill()]
  const growth = usedBytes() - before
  return alive.length === 1 ? growth : Number.NaN
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  collectGarbage()
  return process.memoryUsage().heapUsed
}
