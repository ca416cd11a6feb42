import { availableParallelism } from 'node:os'
import { CommanderError, InvalidArgumentError, Option } from 'commander'
import { ConfigError } from '#server/config-error'
import { standardError } from '#server/standard-error'
import type { Cli, Configure } from './cli.ts'
import { EndingError, endingOf } from './failure.ts'
import { flags, parseText } from './flags.ts'
import { given } from './given.ts'
import { optimiseLater } from './optimise-later.ts'

const reporters = ['list', 'json', 'junit', 'html'] as const
const drivers = ['http', 'browser'] as const

type Reporter = (typeof reporters)[number]

interface RunFlags {
  family?: string
  driver?: (typeof drivers)[number]
  reporter?: readonly Reporter[]
  report?: string
  esVersion?: string
  repeat?: number
  bail?: true
  shard?: { part: number; of: number }
  bundle?: string
  list?: true
}

export const configure: Configure = (command, cli) => {
  command
    .argument('[pattern]', 'a part of an id or a title, or with * for any text all of it')
    .option('--family <name>', 'those of one family: what stands before the slash of an id', parseText)
    .addOption(new Option('--driver <driver>', 'what they are told in (default: http)').choices(drivers))
    .addOption(
      new Option(
        '--reporter <reporter>',
        `what is printed: ${reporters.join(', ')}; several times (default: list)`,
      ).argParser(addReporter),
    )
    .option('--report <folder>', 'write report.xml, report.html, report.json, diagrams and bundles there', parseText)
    .addOption(flags.esVersion())
    .addOption(new Option('--repeat <n>', 'tell each so many times').argParser(parseRepeat))
    .option('--bail', 'tell nothing more once one does not hold')
    .addOption(new Option('--shard <i/n>', 'the i-th of n parts, for machines that share a run').argParser(parseShard))
    .addOption(new Option('--bundle <file>', 'repeat what a bundle holds').conflicts(['family', 'shard', 'list']))
    .option('--list', 'name them, and tell none')
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : couldNotRun(error)
    })
    .action(async (pattern: string | undefined, { reporter, repeat, ...rest }: RunFlags) => {
      if (rest.bundle !== undefined && pattern !== undefined) {
        throw couldNotRun(
          new CommanderError(2, 'sloop.bundle', `--bundle repeats one scenario, [${pattern}] chooses none`),
        )
      }
      const asked = { ...rest, ...given({ pattern, rounds: repeat, reporters: reporter }) }
      try {
        const io = ioOf(cli)
        optimiseLater()
        // By the name of the package: scenarios stand upon this, and are loaded only for those who run some.
        const { runCommand } = await import('sloop/scenarios')
        cli.endWith?.(await runCommand(asked, io))
      } catch (error) {
        throw couldNotRun(error)
      }
    })
}

const engines = ['chromium', 'firefox', 'webkit'] as const

/** A browser is chosen by the machine that it is on. @throws ConfigError where there is none of such a name */
function launchOf({ SLOOP_BROWSER: name, SLOOP_CHROMIUM: program }: NonNullable<Cli['environment']>) {
  const engine = engines.find((each) => each === (name || 'chromium'))
  if (engine === undefined) throw new ConfigError(`SLOOP_BROWSER is [${name}], expected one of ${engines.join(', ')}`)
  return { engine, ...(engine === 'chromium' && program && { executablePath: program }) }
}

const ioOf = ({ print, isTerminal = false, stop, keysCache, environment = {} }: Cli) => ({
  ...{ print, stop, keysCache, launch: launchOf(environment), threads: availableParallelism() },
  complain: (text: string) => standardError.insist(text),
  columns: isTerminal ? (process.stdout.columns ?? 80) : undefined,
})

/** 1 says that a scenario did not hold. */
const couldNotRun = (error: unknown): EndingError => new EndingError({ ...endingOf(error), code: 2 }, { cause: error })

function addReporter(text: string, before: readonly Reporter[] = []): readonly Reporter[] {
  const reporter = reporters.find((each) => each === text)
  if (reporter === undefined) throw new InvalidArgumentError(`Allowed choices are ${reporters.join(', ')}.`)
  return [...new Set([...before, reporter])]
}

const mostRounds = 10_000

function parseRepeat(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (number >= 1 && number <= mostRounds) return number
  throw new InvalidArgumentError(`It is a whole number from 1 to ${mostRounds}.`)
}

function parseShard(text: string): { part: number; of: number } {
  const [, part = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number)
  if (part >= 1 && part <= of) return { part, of }
  throw new InvalidArgumentError('It is i/n, the i-th of n parts, such as 1/4.')
}
