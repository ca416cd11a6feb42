import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startBenchNode } from './node.ts'
import type { Parties } from './parties.ts'

/** What a live token pair costs in memory, by the heap with and without so many of them, each time after everything else was collected. */
export async function measureBytesPerPair(parties: Parties, count: number): Promise<number> {
  const node = startBenchNode(parties)
  const before = usedBytes()
  await node.fill(count)
  const bytes = (usedBytes() - before) / count
  // Collected before it was measured, the node would cost nothing.
  await node.openSession()
  return bytes
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

function usedBytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
