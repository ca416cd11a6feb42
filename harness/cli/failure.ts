import { CommanderError } from 'commander'

/** How a run ended: the exit code, and what to print on standard error. */
export interface Ending {
  code: number
  message: string
}

const peoplesMistakes = ['ConfigError', 'SamlError']

/** A setting that a library's caller knows by an option and the command line by a flag. */
const flags: Readonly<Record<string, string>> = {
  sloopYml: '--config',
  elasticsearchYml: '--config',
  keysFolder: '--keys',
}

/** One sentence for what a person can mend; the whole stack for what only we can. */
export function endingOf(error: unknown): Ending {
  if (error instanceof CommanderError) return commanderEnding(error)
  if (!(error instanceof Error)) return { code: 1, message: `sloop: unexpected: ${String(error)}\n` }
  if (peoplesMistakes.includes(error.name)) return { code: 1, message: `sloop: ${byFlag(error.message)}\n` }
  return { code: 1, message: `sloop: this is a mistake in sloop, please report it: ${error.stack}\n` }
}

function byFlag(sentence: string): string {
  return sentence.replace(/^\w+(?=: )/, (setting) => flags[setting] ?? setting)
}

/** Help and version end by an "error" with exit code 0, after they have printed what was asked for. */
function commanderEnding({ code, exitCode, message }: CommanderError): Ending {
  if (exitCode === 0) return { code: 0, message: '' }
  if (code === 'commander.help') return { code: 1, message: 'sloop: which command? See sloop --help\n' }
  const sentence = message.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\?\)$/, ' (did you mean $1?)')
  return { code: exitCode, message: `sloop: ${sentence}\n` }
}
