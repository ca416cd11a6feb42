import { join } from 'node:path'
import { dialectOf } from '../../sp-emulator/index.ts'
import { catalogue } from '../catalogue/index.ts'
import type { LaunchOptions } from '../drivers/browsers.ts'
import { listAsJson, listAsText } from '../report/json.ts'
import { totalsOf } from '../report/list.ts'
import { documentsOf, type Reporter } from '../report/reporters.ts'
import { tellAsItGoes } from '../report/tell-as-it-goes.ts'
import { writeReport } from '../report/write-report.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type Choice, choose } from './choose.ts'
import { keepBundle } from './keep-bundle.ts'
import { openKeysFolder } from './keys-folder.ts'
import { loadProduct } from './load-product.ts'
import { openDriver } from './open-driver.ts'
import { readBundle } from './read-bundle.ts'
import { runAll } from './run-all.ts'
import type { Asked, ScenarioResult } from './scenario-result.ts'
import { openTeller } from './tellers.ts'

/** What `sloop run` was told (`spec/contract.md` §4). */
export interface RunFlags extends Choice {
  readonly driver?: 'http' | 'browser'
  readonly reporters?: readonly Reporter[]
  /** A folder for all reports. */
  readonly report?: string
  readonly esVersion?: string
  readonly bail?: boolean
  /** The file of a bundle that is to be repeated, in place of scenarios of the catalogue. */
  readonly bundle?: string
  readonly list?: boolean
}

/** What a run may use of the process that it is in. */
export interface RunIo {
  print(text: string): void
  /** To whom reports are not. */
  complain(text: string): void
  /** How wide the terminal is to which is printed; undefined where it is none. */
  readonly columns?: number | undefined
  readonly stop: AbortSignal
  /** In how many threads stories may be told, this one among them; in this one alone unless given. */
  readonly threads?: number
  /** Where keys may be kept. */
  readonly keysCache?: string | undefined
  /** Of a browser, where scenarios are told in one. */
  readonly launch?: LaunchOptions
  /** The catalogue unless given. */
  readonly scenarios?: readonly Scenario[]
}

/**
 * Runs scenarios, and answers the exit code: 0 when all held, 1 when some did not, 2 when none was run or the run was stopped.
 * @throws ConfigError in one sentence, before anything starts, where it cannot be run
 */
export async function runCommand(flags: RunFlags, io: RunIo): Promise<number> {
  const { bundle, rounds = 1, list, reporters = ['list'], report } = flags
  const scenarios = bundle === undefined ? (io.scenarios ?? catalogue) : [await readBundle(bundle)]
  const asked = choose(scenarios, bundle === undefined ? flags : { rounds })
  if (list) {
    const named = asked.filter(({ round }) => round === 1).map(({ scenario }) => scenario)
    io.print(reporters.includes('json') ? listAsJson(named) : listAsText(named))
    return 0
  }
  if (flags.esVersion !== undefined) dialectOf(flags.esVersion)
  const results = await tellAll(asked, { flags, io })
  if (io.stop.aborted) {
    io.complain(`stopped: ${results.length} of ${asked.length} scenarios had been told, and no report is written\n`)
    return 2
  }
  if (report !== undefined) writeReport(report, results)
  for (const document of documentsOf(reporters, results)) io.print(document)
  return exitCodeOf(results)
}

function exitCodeOf(results: readonly ScenarioResult[]): number {
  if (results.some(({ outcome }) => outcome === 'differs')) return 1
  return results.every(({ outcome }) => outcome === 'notRun') ? 2 : 0
}

interface Asking {
  readonly flags: RunFlags
  readonly io: RunIo
}

/** In the order in which they were asked for. */
async function tellAll(asked: readonly Asked[], { flags, io }: Asking): Promise<readonly ScenarioResult[]> {
  const { driver: kind = 'http', bail, esVersion, report, reporters = [] } = flags
  const begun = performance.now()
  const listener = listenerOf(asked.length, { flags, io })
  const keys = openKeysFolder(io.keysCache)
  // While a browser starts, nothing else is to do here.
  const [driver] = await Promise.all([
    openDriver(kind, io.launch),
    kind === 'browser' ? loadProduct(keys.path) : undefined,
  ])
  const looks = report !== undefined || reporters.includes('html')
  const options = { openBrowser: driver.open, keysFolder: keys.path, esVersion, looks }
  const teller = openTeller(options, kind === 'http' ? threadsFor(asked, io) : 1)
  const results: ScenarioResult[] = []
  const startMs = performance.now() - begun
  try {
    const running = runAll(asked, {
      ...{
        driver: kind,
        engine: io.launch?.engine,
        missing: driver.missing,
        esVersion,
        concurrency: driver.concurrency,
        stop: io.stop,
      },
      ...(bail !== undefined && { bail }),
      tell: teller.tell,
    })
    for await (const told of running) {
      const result = report === undefined ? told : keepBundle(told, join(report, 'bundles'))
      results.push(result)
      listener.told(result)
    }
  } finally {
    await teller.close()
    await driver.close()
    keys.close()
  }
  const times = { startMs, allMs: performance.now() - begun }
  listener.end(totalsOf(results, { driver: kind, concurrency: driver.concurrency, ...times }))
  return results.toSorted((one, other) => asked.findIndex(isSame(one)) - asked.findIndex(isSame(other)))
}

/** A thread loads the product anew, which takes as long as telling about ten stories. */
const fewestOfThread = 20

const threadsFor = ({ length }: readonly Asked[], { threads = 1 }: RunIo): number =>
  Math.min(threads, Math.ceil(length / fewestOfThread))

const isSame =
  (one: Asked) =>
  ({ scenario, round }: Asked): boolean =>
    scenario === one.scenario && round === one.round

/** Where a document is printed, people are told beside it. */
function listenerOf(all: number, { flags: { reporters = ['list'] }, io }: Asking) {
  if (!reporters.includes('list')) return tellAsItGoes({ print: () => undefined, columns: undefined }, all)
  const isAlone = reporters.every((reporter) => reporter === 'list')
  return tellAsItGoes(
    isAlone ? { print: io.print, columns: io.columns } : { print: io.complain, columns: undefined },
    all,
  )
}
