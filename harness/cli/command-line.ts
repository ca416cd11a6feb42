import { ConfigError } from '#server/config-error'

/** What is for us, and the command that stands behind `--`. */
export interface CommandLine {
  readonly own: readonly string[]
  readonly command: readonly string[] | undefined
}

/** @throws ConfigError when there is nothing behind `--`, or something behind that of another command than `up` */
export function divideCommandLine(argv: readonly string[]): CommandLine {
  const end = argv.indexOf('--')
  if (end === -1) return { own: argv, command: undefined }
  const [own, command] = [argv.slice(0, end), argv.slice(end + 1)]
  if (command.length === 0) throw new ConfigError('behind -- stands the command to run, found nothing')
  if (own[0] !== 'up') throw new ConfigError('only [sloop up] runs a command behind --')
  return { own, command }
}
