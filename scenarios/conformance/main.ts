import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { systemClock } from '#server/clock'
import { ConfigError } from '#server/config'
import { cases } from './cases/index.ts'
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
  readonly esVersion?: string
  readonly keys?: string
  readonly printConfig?: true
}

const intro = `Asks an Elasticsearch the numbered cases of its specification: the emulator, or a real node.

A real node needs realms and keys of its own for this:
  1. npm run conformance -- --print-config --keys <folder> > realms.yml
  2. add realms.yml to its elasticsearch.yml, copy the folder to config/sloop, restart it
  3. npm run conformance -- --keys <folder> --target https://node:9200 --api-user elastic --api-password …`

const program = new Command('conformance')
  .description(intro)
  .option('--json', 'print the outcomes as JSON')
  .option('--target <url>', 'a real node instead of the emulator')
  .option('--api-user <name>', 'the user that makes the calls at the real node', 'elastic')
  .option('--api-password <password>', 'their password', 'changeme')
  .addOption(
    new Option('--es-version <version>', 'the version to emulate (default: 9.2); a real node is asked for its own'),
  )
  .option('--keys <folder>', 'where the keys of the IdP and the service provider are kept')
  .option('--print-config', 'print the realms that a real node needs')
  .allowExcessArguments(false)
  .exitOverride()

/** Prints the outcomes; answers whether no case failed. */
async function conform(flags: Flags): Promise<boolean> {
  if (flags.printConfig === true) return printConfiguration(flags)
  const reports: Report[] = []
  await withFolder(flags.keys, async (folder) => {
    const ask = await askerOf(flags, folder)
    for (const each of cases) reports.push(await ask(each))
  })
  console.log(flags.json === true ? JSON.stringify(reports, null, 2) : tableOf(reports))
  return countOf(reports, 'fail') === 0
}

async function printConfiguration({ keys }: Flags): Promise<boolean> {
  if (keys === undefined)
    throw new ConfigError('--print-config needs --keys <folder>, where the keys and metadata are put')
  await layOut(keys, systemClock.now())
  console.log(elasticsearchYml('sloop'))
  console.error(`Copy the files of ${keys} to the folder config/sloop of the node.`)
  return true
}

async function askerOf(flags: Flags, folder: string): Promise<RunCase> {
  const { target, apiUser: username, apiPassword: password, esVersion: version = '9.2' } = flags
  if (target === undefined) return againstEmulator(await makeBlueprint(folder), version)
  if (flags.keys === undefined) {
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

try {
  program.parse()
  process.exitCode = (await conform(program.opts<Flags>())) ? 0 : 1
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode
  else if (error instanceof ConfigError) {
    console.error(error.message)
    process.exitCode = 1
  } else throw error
}
