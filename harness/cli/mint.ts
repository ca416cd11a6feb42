import { type Command, Option } from 'commander'
import { ConfigError } from '#server/config-error'
import { table } from '../control/table.ts'
import { callControl } from './call-control.ts'
import type { Configure } from './cli.ts'
import { flags } from './flags.ts'
import { given } from './given.ts'
import { addNamedValue, type NamedValues, readNamedValues } from './named-values.ts'

interface MintFlags {
  at?: string
  token?: string
  queryString?: true
  json?: true
  to?: string
  session?: string
  binding?: string
  relayState?: string
  inResponseTo?: string
  status?: string[]
  change?: NamedValues
}

/** What was minted, as far as it is printed. */
interface Minted {
  readonly binding?: string
  readonly url?: string
  readonly queryString?: string
  readonly form?: object
  readonly envelope?: string
}

export const configure: Configure = (command, cli) => {
  addFlags(command)
  command.action(async (kind: string, words: string[], { at, token, queryString, json, ...said }: MintFlags) => {
    const wanted = readNamedValues(words, given({ kind, ...said }))
    const server = { at, token, cli }
    const minted = await callControl(server, { row: table.mint, given: wanted })
    cli.print(`${json ? JSON.stringify(minted) : printed(minted as Minted, queryString)}\n`)
  })
}

function addFlags(command: Command): void {
  command
    .argument('<kind>', 'LogoutRequest, LogoutResponse or Response')
    .argument(
      '[name=value...]',
      'further fields, JSON or text, with dots for what is inside: nameId.value=alice sessionIndex=null at=2031-05-04T12:00:00Z',
    )
    .addOption(flags.at())
    .addOption(flags.token())
    .option('--to <entity id>', 'the service provider that it is for')
    .option('--session <id>', 'whose NameID and SessionIndex there it names')
    .option('--binding <binding>', 'redirect, post or soap')
    .option('--relay-state <text>', 'travels with it')
    .option('--in-response-to <id>', 'the ID of the request that it answers')
    .addOption(
      new Option('--status <code>', 'what it answers; may be given again for the code below').argParser(
        (code: string, before: string[] = []) => [...before, code],
      ),
    )
    .addOption(
      new Option('--change <name=value>', 'what is to be wrong about it; may be given several times').argParser(
        (word: string, before: NamedValues = {}) => addNamedValue(before, word),
      ),
    )
    .addOption(new Option('--query-string', 'print what stands behind the ? only').conflicts('json'))
    .option('--json', 'print the whole answer')
}

/** What is given on: the address or its query, the form, or the envelope. @throws ConfigError where the query is wanted of what has none. */
function printed({ binding, url, queryString, form, envelope }: Minted, wantsQuery: true | undefined): string {
  if (!wantsQuery) return url ?? envelope ?? JSON.stringify(form)
  if (queryString !== undefined) return queryString
  throw new ConfigError(`--query-string: what goes by ${binding} has none, only what goes by redirect`)
}
