import { availableParallelism } from 'node:os'
import type { Row } from '../table.ts'
import { type Engine, openEngine } from './engine.ts'
import { createPerson, invalidate, logoutQuery } from './person.ts'
import { type ReplicaProcesses, startReplicas } from './processes.ts'
import { busySeconds, secondsOf } from './processor-time.ts'
import { type Predicted, type Step, simulate } from './simulate.ts'

/** For each replica, since what one does for all who ask at the same moment makes each of them cheaper. */
const atOnceEach = 8
/** For each replica, whose scripts have to be compiled in each. */
const runsEach = 100
const warmUpRunsEach = 100
/** Of a login and a logout by pages, and of a call, as the browser sends them: where the client and a replica take turns. */
const requests = { cycle: 12, invalidate: 1 }

/** What was seen while people did something, all of it for one of them. */
interface Seen {
  readonly perSecond: number
  readonly meanMs: number
  /** Milliseconds of processor time; of the replicas together, and of the busiest. */
  readonly replicas: number
  readonly busiest: number
  readonly engine: number
  readonly client: number
  /** Processors that others kept busy. */
  readonly others: number
}

type What = keyof typeof requests

/** Several replicas against one: what was seen, what each could do with a processor for itself, and what a simulation says, of which the costs are those that one replica has. */
export async function replicaRows(): Promise<Row[]> {
  const seen = new Map<number, Record<What, Seen>>()
  for (const count of [1, 2, 4]) seen.set(count, await measureReplicas(count))
  const one = seen.get(1)
  if (one === undefined) return []
  const rows = (['cycle', 'invalidate'] as const).flatMap((what) =>
    [...seen].flatMap(([count, each]) => rowsOf(what, { count, now: each[what], one: one[what] })),
  )
  return [...rows, ...predictedRows(one.cycle)]
}

async function measureReplicas(count: number): Promise<Record<What, Seen>> {
  const [runs, warmUpRuns] = [count * runsEach, count * warmUpRunsEach]
  const processes = await startReplicas(count)
  const engine = await openEngine(processes.storeUrl)
  try {
    const { urls } = processes
    const cycle = async () => {
      const person = createPerson(urls)
      await person.logIn()
      await person.logOut()
    }
    const queries: string[] = []
    const prepared = async () => void queries.push(await logoutQuery(urls))
    const end = async () => invalidate(urls, queries.pop() ?? '')
    const atOnce = count * atOnceEach
    const watched = { processes, engine, runs, atOnce }
    await several({ runs: warmUpRuns, atOnce }, cycle)
    const cycles = await watch(watched, cycle)
    await several({ runs: warmUpRuns + runs, atOnce }, prepared)
    await several({ runs: warmUpRuns, atOnce }, end)
    return { cycle: cycles, invalidate: await watch(watched, end) }
  } finally {
    await engine.close()
    await processes.close()
  }
}

interface Load {
  readonly runs: number
  readonly atOnce: number
}

async function several({ runs, atOnce }: Load, act: () => Promise<void>): Promise<number> {
  let left = runs
  let sumMs = 0
  const lane = async () => {
    while (left-- > 0) {
      const begun = performance.now()
      await act()
      sumMs += performance.now() - begun
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return sumMs / runs
}

interface Watched extends Load {
  readonly processes: ReplicaProcesses
  readonly engine: Engine
}

async function watch({ processes: { pids }, engine, runs, atOnce }: Watched, act: () => Promise<void>): Promise<Seen> {
  const look = async () => ({
    ms: performance.now(),
    pids: pids.map(secondsOf),
    engine: (await engine.totals()).seconds,
    client: secondsOf(process.pid),
    all: busySeconds(),
  })
  const before = await look()
  const meanMs = await several({ runs, atOnce }, act)
  const after = await look()
  const each = after.pids.map((seconds, index) => seconds - (before.pids[index] ?? 0))
  const seconds = (after.ms - before.ms) / 1_000
  const [engineTime, client] = [after.engine - before.engine, after.client - before.client]
  const replicas = each.reduce((sum, one) => sum + one, 0)
  const ofOne = (time: number) => (time / runs) * 1_000
  return {
    perSecond: runs / seconds,
    meanMs,
    replicas: ofOne(replicas),
    busiest: ofOne(Math.max(...each)),
    engine: ofOne(engineTime),
    client: ofOne(client),
    others: Math.max(0, (after.all - before.all - replicas - engineTime - client) / seconds),
  }
}

/** A second of the replica that has most to do, or of the engine if that has more. */
const possible = ({ busiest, engine }: Seen): number => 1_000 / Math.max(busiest, engine)

const named: Record<What, string> = { cycle: 'a login and a logout by pages', invalidate: 'an invalidate' }

interface Compared {
  readonly count: number
  readonly now: Seen
  readonly one: Seen
}

function rowsOf(what: What, { count, now, one }: Compared): Row[] {
  const predicted = simulate({
    ...{ cores: availableParallelism(), takenByOthers: Math.min(now.others, availableParallelism() - 0.5) },
    ...{ replicas: count, atOnce: count * atOnceEach, steps: stepsOf(one, requests[what]) },
  })
  const time = (who: string, ms: number): Row => ({ what: `  processor time of ${who}`, value: ms * 1_000, unit: 'µs' })
  return [
    { what: `${named[what]}, ${count} replicas, ${count * atOnceEach} at once` },
    { what: '  of them in a second', value: now.perSecond, unit: '/s' },
    { what: '    as simulated', value: predicted.perSecond, unit: '/s' },
    { what: '  from begin to end', value: now.meanMs, unit: 'ms' },
    { what: '    as simulated', value: predicted.meanMs, unit: 'ms' },
    time('the replicas together', now.replicas),
    time('the busiest of them', now.busiest),
    time('the engine', now.engine),
    time('the client, with the balancers', now.client),
    { what: '  processors that others kept busy', value: now.others },
    { what: '  against one replica, as it was seen', value: now.perSecond / one.perSecond, unit: '×' },
    {
      what: '    if each process had a processor for itself',
      value: possible(now) / possible(one),
      unit: '×',
      ...(count === 2 && { least: 1.7 }),
    },
  ]
}

/** A request is work of a replica around what it asks the engine. */
function stepsOf({ replicas, engine, client }: Pick<Seen, 'replicas' | 'engine' | 'client'>, count: number): Step[] {
  const request: readonly Step[] = [
    { at: 'client', ms: client / count },
    { at: 'replica', ms: replicas / count / 2 },
    { at: 'engine', ms: engine / count },
    { at: 'replica', ms: replicas / count / 2 },
  ]
  return Array.from({ length: count }, () => request).flat()
}

const sessionSeconds = 3_600

/** As many processors as anybody wants, and people who cost nothing: who is busy first. */
function predictedRows(one: Seen): Row[] {
  const steps = stepsOf({ ...one, client: 0 }, requests.cycle)
  const predict = (replicas: number): Predicted =>
    simulate({ cores: replicas + 2, replicas, atOnce: atOnceEach * replicas, steps })
  return [
    { what: 'with a processor for each process, as simulated' },
    ...[1, 2, 4, 8, 16].flatMap((replicas): Row[] => {
      const { perSecond, busiest } = predict(replicas)
      return [
        {
          what: `  sessions of an hour at a time, ${replicas} replicas (busiest: ${busiest})`,
          value: perSecond * sessionSeconds,
          unit: '#',
        },
      ]
    }),
  ]
}
