import { type Command, InvalidArgumentError, Option } from 'commander'
import { isInstant } from '#saml/instants'
import { systemClock } from '#server/clock'
import { ConfigError } from '#server/config-error'
import { describe } from '../explain/describe.ts'
import { exitCodeOf, explainAll, jsonOf } from '../explain/explain-all.ts'
import type { Judge } from '../explain/explained.ts'
import { coloured, plain } from '../explain/inks.ts'
import type { Cli, Configure } from './cli.ts'
import { readInput } from './explain-input.ts'
import { flags } from './flags.ts'

interface ExplainFlags {
  config?: string
  realm?: string
  metadata?: string
  at?: string
  token?: string
  clock?: string
  json?: true
  scenario?: true
  keepNames?: true
}

const help = `
The message is an argument that begins with http:, https:, ? or SAML, else what is in the file of that name, else the argument as a text; - is standard input. It
may be an address, a query, a form, base64, XML, a log, a HAR or an export of SAML-tracer. An address is read and never opened.

Exit code: 0 accepted, 2 refused (one of them), 1 could not be read.`

export const configure: Configure = (command, cli) => {
  addFlags(command)
  command.action(async (argument: string, { json, clock, scenario, keepNames, ...who }: ExplainFlags) => {
    checkWho(who, command)
    if (scenario) checkScenario(who, command)
    if (keepNames && !scenario) throw new ConfigError('--keep-names is about the names in what --scenario writes')
    const found = await readInput(argument, cli.readInput ?? (async () => ''))
    if (scenario) {
      const { printScenario } = await import('./explain-scenario.ts')
      await printScenario(found, { cli, at: clock, metadata: who.metadata, keepsNames: keepNames ?? false })
      return
    }
    const judge = await judgeOf(who, cli)
    const all = await explainAll(found, { judge, at: clock, now: systemClock.now() })
    const inks = cli.isTerminal && !cli.environment?.['NO_COLOR'] ? coloured : plain
    cli.print(json ? `${JSON.stringify(jsonOf(found, all))}\n` : describe(found, all, inks))
    cli.endWith?.(exitCodeOf(found, all))
  })
}

function addFlags(command: Command): void {
  command
    .argument('<message>', 'what you have of it')
    .option('--config <file>', 'elasticsearch.yml: a realm of it judges, offline')
    .option('--realm <name>', 'which realm judges, where there are several')
    .option('--metadata <file>', "the sender's metadata: whoever knows the sender judges, offline")
    .addOption(flags.at())
    .addOption(flags.token())
    .addOption(new Option('--clock <instant>', 'judge as of then, not as of now').argParser(parseClock))
    .option('--json', 'print everything as JSON')
    .option('--scenario', 'print a scenario that repeats it, as JSON for runScenario of sloop/scenarios')
    .option('--keep-names', 'leave names and addresses of people in the scenario')
    .addHelpText('after', help)
}

function parseClock(text: string): string {
  if (isInstant(text)) return text
  throw new InvalidArgumentError('It is like 2031-05-04T12:00:00Z.')
}

/** One judge is named at most; an address in the environment gives way. */
function checkWho({ config, metadata }: ExplainFlags, command: Command): void {
  const at = command.getOptionValueSource('at') === 'cli' ? '--at' : undefined
  const named = [config && '--config', metadata && '--metadata', at].filter((flag) => flag !== undefined)
  if (named.length > 1) throw new ConfigError(`${named.join(' and ')} each say who judges: expected one of them`)
}

/** A realm like the one that the message was for judges a scenario. */
function checkScenario({ config, realm }: ExplainFlags, command: Command): void {
  const at = command.getOptionValueSource('at') === 'cli' ? '--at' : undefined
  const named = [config && '--config', realm && '--realm', at].find((flag) => flag)
  if (named === undefined) return
  throw new ConfigError(
    `${named}: with --scenario nobody is asked but a realm that is made for it, by --metadata at most`,
  )
}

/** Only the judge that is asked is loaded. */
async function judgeOf({ config, realm, metadata, at, token }: ExplainFlags, cli: Cli): Promise<Judge> {
  if (config === undefined && metadata === undefined) {
    const { judgeAt } = await import('./explain-at.ts')
    return judgeAt({ at, token, cli }, realm)
  }
  const { judgeByRealms, judgeBySender } = await import('../explain/judge-offline.ts')
  if (metadata !== undefined) return judgeBySender(metadata)
  return judgeByRealms({ config: config ?? '', realm, environment: cli.environment })
}
