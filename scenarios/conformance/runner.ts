import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { systemClock } from '#server/clock'
import { ConfigError } from '#server/config'
import { flagSentence } from '../../harness/cli/failure.ts'
import type { ConformanceCase } from './case.ts'
import { cases as everyCase } from './cases/index.ts'
import { elasticsearchYml, layOut } from './configuration.ts'
import { makeBlueprint } from './emulator.ts'
import { connect } from './real-node.ts'
import { againstEmulator, againstNode, type Report, type RunCase } from './run.ts'
import { countOf, tableOf } from './table.ts'

interface Flags {
  readonly json?: true
  readonly target?: string
  readonly apiUser: string
  readonly apiPassword: string
  readonly esVersion: string
  readonly keys?: string
  readonly printConfig?: true
}

const intro = `Asks an Elasticsearch the numbered cases of its specification: the emulator, or a real node.

A real node needs realms and keys of its own for this:
  1. npm run conformance -- --print-config --keys <folder> > realms.yml
  2. add realms.yml to its elasticsearch.yml, copy the folder to config/sloop, restart it
  3. npm run conformance -- --keys <folder> --target https://node:9200 --api-user elastic --api-password …`

/** Where the table goes, and what is said beside it. */
interface Output {
  log(text: string): void
  error(text: string): void
}

interface Questions {
  /** Every numbered case, unless told otherwise. */
  readonly cases?: readonly ConformanceCase[]
}

/** Does what the command line says; answers the exit code: 1 when a case failed or what was asked for cannot work. */
export async function conform(
  argv: readonly string[],
  output: Output,
  { cases = everyCase }: Questions = {},
): Promise<number> {
  const program = makeProgram(output)
  try {
    program.parse(argv, { from: 'user' })
    return (await ask(cases, program.opts<Flags>(), output)) ? 0 : 1
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) output.error(flagSentence(error.message))
      return error.exitCode
    }
    if (!(error instanceof ConfigError)) throw error
    output.error(error.message)
    return 1
  }
}

function makeProgram(output: Output): Command {
  return new Command('conformance')
    .description(intro)
    .option('--json', 'print the outcomes as JSON')
    .option('--target <url>', 'a real node instead of the emulator')
    .option('--api-user <name>', 'the user that makes the calls at the real node', 'elastic')
    .option('--api-password <password>', 'their password', 'changeme')
    .option('--es-version <version>', 'the version to emulate; a real node is asked for its own', '9.2')
    .option('--keys <folder>', 'where the keys of the IdP and the service provider are kept')
    .option('--print-config', 'print the realms that a real node needs')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: output.log, writeErr: () => undefined })
}

/** Prints the outcomes; answers whether no case failed. */
async function ask(cases: readonly ConformanceCase[], flags: Flags, output: Output): Promise<boolean> {
  if (flags.printConfig === true) return printConfiguration(flags, output)
  const reports: Report[] = []
  await withFolder(flags.keys, async (folder) => {
    const runCase = await runCaseOf(flags, folder)
    for (const each of cases) reports.push(await runCase(each))
  })
  output.log(flags.json === true ? JSON.stringify(reports, null, 2) : tableOf(reports))
  return countOf(reports, 'fail') === 0
}

async function printConfiguration({ keys }: Flags, output: Output): Promise<boolean> {
  if (keys === undefined)
    throw new ConfigError('--print-config needs --keys <folder>, where the keys and metadata are put')
  await layOut(keys, systemClock.now())
  output.log(elasticsearchYml('sloop'))
  output.error(`Copy the files of ${keys} to the folder config/sloop of the node.`)
  return true
}

async function runCaseOf(flags: Flags, folder: string): Promise<RunCase> {
  const { target, apiUser: username, apiPassword: password, esVersion: version } = flags
  if (target === undefined) return againstEmulator(await makeBlueprint(folder), version)
  if (flags.keys === undefined || !existsSync(join(folder, 'idp.key'))) {
    throw new ConfigError('--target needs --keys <folder>, the keys that the node was configured with')
  }
  const keys = await layOut(folder, systemClock.now())
  const node = await connect({ url: target.replace(/\/+$/, ''), username, password, keys })
  return againstNode(node, node.version)
}

/** The folder of the keys: the given one, or one that is gone afterwards. */
async function withFolder(given: string | undefined, use: (folder: string) => Promise<void>): Promise<void> {
  if (given !== undefined) return use(given)
  const folder = await mkdtemp(join(tmpdir(), 'sloop-conformance-'))
  try {
    await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
