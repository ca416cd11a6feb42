import { Option } from 'commander'
import { ConfigError } from '#server/config-error'
import { mostEntries } from '../control/journal-schema.ts'
import { table } from '../control/table.ts'
import type { JournalEntry } from '../journal/entry-schema.ts'
import { toHar } from '../journal/to-har.ts'
import { lineOf, toJsonLines } from '../journal/to-lines.ts'
import { toMermaid } from '../journal/to-mermaid.ts'
import { callControl, followControl } from './call-control.ts'
import type { Configure } from './cli.ts'
import { flags } from './flags.ts'

const formats = {
  text: (entries: readonly JournalEntry[]) => entries.map((entry) => `${lineOf(entry)}\n`).join(''),
  jsonl: toJsonLines,
  har: (entries: readonly JournalEntry[]) => `${toHar(entries)}\n`,
  mermaid: toMermaid,
} as const

type Format = keyof typeof formats

interface JournalFlags {
  at?: string
  token?: string
  follow?: true
  format: Format
}

/** Those that have no end, so that an entry more is only written behind. */
const endless: readonly Format[] = ['text', 'jsonl']

export const configure: Configure = (command, cli) => {
  command
    .option('--follow', 'print what is there, then each entry as it comes')
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(Object.keys(formats))
        .default('text' satisfies Format),
    )
    .addOption(flags.at())
    .addOption(flags.token())
  command.action(async ({ at, token, follow, format }: JournalFlags) => {
    if (follow && !endless.includes(format)) {
      throw new ConfigError(`--follow: ${format} is written as a whole, expected --format ${endless.join(' or ')}`)
    }
    const server = { at, token, cli }
    const read = (await callControl(server, { row: table.readJournal, given: { limit: mostEntries } })) as {
      readonly entries: readonly JournalEntry[]
      readonly next: number
    }
    cli.print(formats[format](read.entries))
    if (!follow) return
    for await (const told of followControl(server, { row: table.streamJournal, given: { after: read.next } })) {
      const { gap, ...entry } = told as JournalEntry & { gap?: number }
      if (gap !== undefined && format === 'text') cli.print(`… ${gap} entries had fallen out of the journal\n`)
      cli.print(formats[format]([entry]))
    }
  })
}
