import { CommanderError } from 'commander'
import { legibleText } from '#server/legible-text'

/** How a run ended: the exit code, and what to print on standard error. */
export interface Ending {
  code: number
  message: string
}

/** An error of a command in whose exit codes 1 means something else. */
export class EndingError extends Error {
  override readonly name = 'EndingError'
  readonly ending: Ending

  constructor(ending: Ending, options: ErrorOptions) {
    super(ending.message, options)
    this.ending = ending
  }
}

/** What a person can mend, here or where the state is kept. */
const peoplesMistakes = ['ConfigError', 'SamlError', 'StoreUnavailable']

/** A setting that a library's caller knows by an option and the command line by a flag. */
const flags: Readonly<Record<string, string>> = {
  sloopYml: '--config',
  elasticsearchYml: '--config',
  keysFolder: '--keys',
  tlsCertificate: '--tls-cert',
  tlsPrivateKey: '--tls-key',
}

/** One sentence for what a person can mend; the whole stack for what only we can. */
export function endingOf(error: unknown): Ending {
  if (error instanceof EndingError) return error.ending
  if (error instanceof CommanderError) return commanderEnding(error)
  if (!(error instanceof Error)) return ending(`unexpected: ${String(error)}`)
  if (peoplesMistakes.includes(error.name)) return ending(byFlag(error.message))
  const [first = '', ...frames] = String(error.stack).split('\n')
  return ending(`this is a mistake in sloop, please report it: ${first}`, frames)
}

/** One line, whatever a peer or a file name put into the sentence. */
function ending(sentence: string, frames: readonly string[] = []): Ending {
  return { code: 1, message: `sloop: ${[sentence, ...frames].map(legibleText).join('\n')}\n` }
}

function byFlag(sentence: string): string {
  return sentence.replace(/^\w+(?=: )/, (setting) => flags[setting] ?? setting)
}

/** Help and version end by an "error" with exit code 0, after they have printed what was asked for. */
function commanderEnding({ code, exitCode, message }: CommanderError): Ending {
  if (exitCode === 0) return { code: 0, message: '' }
  if (code === 'commander.help') return ending('which command? See sloop --help')
  return { ...ending(flagSentence(message)), code: exitCode }
}

/** What commander says of a flag, in one line. */
export function flagSentence(message: string): string {
  return legibleText(message.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\?\)$/, ' (did you mean $1?)'))
}
