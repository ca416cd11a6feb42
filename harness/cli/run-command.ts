import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { ConfigError } from '#server/config-error'
import type { RunningRoles } from '../roles/role-options.ts'
import { given } from './given.ts'

export interface ChosenCommand {
  /** The program and its arguments. */
  readonly words: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Aborted when the command is to end. */
  readonly stop: AbortSignal
}

/**
 * Runs a command that finds the roles in its environment, as SLOOP_IDP, SLOOP_ES and SLOOP_APP, and answers its exit code; 128 and the number of the signal that ended it.
 * @throws ConfigError when it cannot be run
 */
export async function runCommand({ words, environment, stop }: ChosenCommand, roles: RunningRoles): Promise<number> {
  const [program = '', ...args] = words
  const { idpUrl: SLOOP_IDP, esUrl: SLOOP_ES, appUrl: SLOOP_APP } = roles
  const env = { ...environment, ...given({ SLOOP_IDP, SLOOP_ES, SLOOP_APP }) }
  const child = spawn(program, args, { stdio: 'inherit', env })
  const end = () => child.kill('SIGTERM')
  stop.addEventListener('abort', end, { once: true })
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal])
  } catch (cause) {
    throw new ConfigError(`cannot run [${program}]: ${reasonOf(cause)}`, { cause })
  } finally {
    stop.removeEventListener('abort', end)
  }
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such program'
  return code === 'EACCES' ? 'it may not be run' : message
}
