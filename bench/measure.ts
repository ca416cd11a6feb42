import { Bench } from 'tinybench'

export interface Contender {
  readonly name: string
  readonly run: () => unknown
  /** Readies what so many runs will use up; not measured. */
  readonly prepare?: (runs: number) => Promise<void>
}

/** The time of one run, in microseconds: of a batch in the lower quartile, since whatever else the machine does only ever adds. */
export type Timings = ReadonlyMap<string, number>

const warmUpRounds = 6
const rounds = 24
const usualBatch = 96

/**
 * Measures contenders against each other in one process, `inFlight` runs of one contender at a time. They take turns, a batch each, so that whatever else
 * the machine does meets all of them. A run is timed behind runs of its own kind and not behind its preparation, as a busy server works.
 */
export async function measure(
  contenders: readonly Contender[],
  { inFlight = 1, runsPerBatch = usualBatch } = {},
): Promise<Timings> {
  const timings = new Map(contenders.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < warmUpRounds; round++) await measureRound(contenders, { inFlight, runsPerBatch })
  for (let round = 0; round < rounds; round++) {
    const inTurn = round % 2 === 0 ? contenders : [...contenders].reverse()
    for (const [name, timing] of await measureRound(inTurn, { inFlight, runsPerBatch })) timings.get(name)?.push(timing)
  }
  return new Map([...timings].map(([name, each]) => [name, quantileOf(each, 0.25)]))
}

interface Batch {
  readonly inFlight: number
  readonly runsPerBatch: number
}

async function measureRound(contenders: readonly Contender[], batch: Batch): Promise<[string, number][]> {
  const { runsPerBatch } = batch
  const bench = new Bench({ time: 0, iterations: 1, warmup: false })
  for (const { name, run, prepare } of contenders) {
    // Declared async: of any other function tinybench finds out by running it once, beside the ones it measures.
    bench.add(name, async () => runBatch(run, batch), prepare ? { beforeEach: () => prepare(runsPerBatch) } : {})
  }
  await bench.run()
  return bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`, { cause: result })
    return [name, (result.latency.p50 * 1000) / runsPerBatch]
  })
}

async function runBatch(run: () => unknown, { inFlight, runsPerBatch }: Batch): Promise<void> {
  let left = runsPerBatch
  const lane = async () => {
    while (left-- > 0) await run()
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
}

/** The value below which that part of the others lies. */
export function quantileOf(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN
}
