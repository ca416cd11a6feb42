import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { systemClock } from '#server/clock'
import { authenticateByRest } from './contenders.ts'
import { startLogoutBench } from './logout.ts'
import { startBenchNode } from './node.ts'
import { makeResponse, type Parties } from './parties.ts'

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

/** What a login leaves in memory at the node, of the Response that it was read from too. */
export async function measureBytesPerLogin(parties: Parties, count: number): Promise<number> {
  const node = startBenchNode(parties)
  const logIn = async () => authenticateByRest('login', node, await makeResponse(parties.idp, systemClock.now())).run()
  await logIn()
  const before = usedBytes()
  for (let each = 0; each < count; each++) await logIn()
  const bytes = (usedBytes() - before) / count
  await node.openSession()
  return bytes
}

/** What a logout leaves in memory when it is long over: the clock moves on, so that whatever lives for a time ends. */
export async function measureBytesPerLogout(parties: Parties, count: number): Promise<number> {
  const { contender, advance, close } = await startLogoutBench(parties, {
    name: 'memory',
    participants: 1,
    how: 'chain',
  })
  const logOut = async () => {
    await contender.run()
    advance(1_000)
  }
  // As many as are remembered at a time.
  for (let each = 0; each < 2_000; each++) await logOut()
  const before = usedBytes()
  for (let each = 0; each < count; each++) await logOut()
  const bytes = (usedBytes() - before) / count
  await logOut()
  await close()
  return bytes
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

export function usedBytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
