import { mkdtempSync, rmSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '#server/clock'
import { usualBounds } from '#server/journal/journal'
import { silentLog } from '#server/logging'
import { openStore } from '#server/store/open-store'
import { createSharedTokenStore } from '../../sp-emulator/index.ts'
import { authenticateByRest, invalidateByRest } from '../contenders.ts'
import { measure } from '../measure.ts'
import { startBenchNode } from '../node.ts'
import type { Parties } from '../parties.ts'
import type { Row } from '../table.ts'
import { openEngine } from './engine.ts'
import { startEngine } from './processes.ts'

const few = 1_000
/** Of the engine, a pair with its index entries, and as much again for it to grow. */
const octetsPerPair = 5_000
const rounds = { runsPerBatch: 24 }

/** A node over Redis with so many live pairs of tokens against one with a thousand, each in a database of one engine. */
export async function sharedTokenRows(parties: Parties, wanted: number): Promise<Row[]> {
  const many = Math.min(wanted, Math.floor(freemem() / octetsPerPair))
  const folder = mkdtempSync(join(tmpdir(), 'sloop-bench-tokens-'))
  const { url, close } = await startEngine(folder)
  const engine = await openEngine(url)
  const stores = [
    await openStore({ url: `${url}/1`, log: silentLog }),
    await openStore({ url: `${url}/2`, log: silentLog }),
  ]
  try {
    const [small, large] = stores.map((store) =>
      startBenchNode(parties, createSharedTokenStore(store.lab('main', usualBounds).of('es'), systemClock)),
    )
    if (small === undefined || large === undefined) return []
    await small.fill(few)
    const before = await engine.totals()
    await large.fill(many)
    const octets = ((await engine.totals()).usedMemory - before.usedMemory) / many
    const invalidates = await measure([invalidateByRest('few', small), invalidateByRest('many', large)], rounds)
    const { response } = parties
    const authenticates = await measure(
      [authenticateByRest('few', small, response), authenticateByRest('many', large, response)],
      rounds,
    )
    const against = (what: string, timings: ReadonlyMap<string, number>): Row[] => [
      { what: `  ${what} among ${few}`, value: timings.get('few'), unit: 'µs' },
      {
        what: '    among the many against it',
        value: (timings.get('many') ?? 0) / (timings.get('few') ?? 0),
        unit: '×',
        most: 1.1,
      },
    ]
    return [
      { what: `in Redis, among ${many} live tokens against ${few}` },
      ...against('invalidate', invalidates),
      ...against('authenticate', authenticates),
      { what: '  memory of the engine for a pair', value: octets, unit: 'B' },
    ]
  } finally {
    await Promise.all(stores.map((store) => store.close()))
    await engine.close()
    await close()
    rmSync(folder, { recursive: true })
  }
}
