import { ConfigError } from '#server/config-error'
import { hintFor } from '#server/suggestions'
import type { Row } from '../control/operation.ts'
import { nameInPath } from '../control/over-http.ts'
import { table } from '../control/table.ts'
import { callControl, followControl } from './call-control.ts'
import type { Configure } from './cli.ts'
import { withFiles } from './file-values.ts'
import { flags } from './flags.ts'
import { readCall } from './operation-words.ts'

interface ControlFlags {
  at?: string
  token?: string
}

const operations: Readonly<Record<string, Row>> = table

const values = [
  'what it is told, JSON or text, with dots for what is inside: change.signature=none shiftMs=-300000;',
  'name=@file takes what the file holds, name=@- standard input; a text that begins with @ is JSON: name=\'"@home"\'',
].join(' ')

const examples = `
Without an operation all are listed. The answer is printed as JSON.

  sloop control listSessions
  sloop control putUser name=dana groups='["admins"]'
  sloop control addServiceProvider metadata=@my-sp.xml
  sloop control removeServiceProvider entityId=urn:my-app`

export const configure: Configure = (command, cli) => {
  command
    .argument('[operation]', 'any operation of the control API')
    .argument('[name=value...]', values)
    .addOption(flags.at())
    .addOption(flags.token())
    .addHelpText('after', examples)
  command.action(async (name: string | undefined, words: string[], { at, token }: ControlFlags) => {
    if (name === undefined) return cli.print(list())
    const row = getOperation(name)
    const said = await withFiles(words, cli.readInput ?? (async () => ''))
    const call = readCall({ name, row }, said)
    if (row.streams === true) {
      for await (const told of followControl({ at, token, cli }, call)) cli.print(`${JSON.stringify(told)}\n`)
      return
    }
    const answer = await callControl({ at, token, cli }, call)
    if (answer !== undefined) cli.print(`${JSON.stringify(answer, null, cli.isTerminal ? 2 : 0)}\n`)
  })
}

/** @throws ConfigError that names the nearest */
function getOperation(name: string): Row {
  const row = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (row !== undefined) return row
  throw new ConfigError(`there is no operation [${name.slice(0, 80)}], ${hintFor(name, Object.keys(operations))}`)
}

/** A line for each operation: how it is called, with what its path names, and what it does. */
function list(): string {
  const lines = Object.entries(operations).map(([name, row]) => {
    const key = nameInPath(row)
    return { call: key === undefined ? name : `${name} ${key}=…`, says: row.says }
  })
  const width = Math.max(...lines.map(({ call }) => call.length))
  return lines.map(({ call, says }) => `${call.padEnd(width)}  ${says}\n`).join('')
}
