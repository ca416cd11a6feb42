import { Bench } from 'tinybench'

export interface Contender {
  readonly name: string
  readonly run: () => unknown
  /** Prepares one run; not measured. */
  readonly before?: () => Promise<void>
}

/** The median time of one run, in microseconds. */
export type Medians = ReadonlyMap<string, number>

const rounds = 6

/**
 * Measures contenders against each other in one process: in several rounds, taking turns, so that whatever else the machine does meets all of them.
 * The median of the rounds' medians counts.
 */
export async function measure(contenders: readonly Contender[]): Promise<Medians> {
  const medians = new Map(contenders.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, median] of await measureRound(contenders, round)) medians.get(name)?.push(median)
  }
  return new Map([...medians].map(([name, each]) => [name, medianOf(each)]))
}

async function measureRound(contenders: readonly Contender[], round: number): Promise<[string, number][]> {
  const bench = new Bench({ time: 500, warmup: round === 0 })
  for (const { name, run, before } of round % 2 === 0 ? contenders : [...contenders].reverse()) {
    bench.add(name, async () => void (await run()), before === undefined ? {} : { beforeEach: before })
  }
  await bench.run()
  return bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`, { cause: result })
    return [name, result.latency.p50 * 1000]
  })
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
