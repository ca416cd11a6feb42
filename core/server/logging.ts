import { createRequire } from 'node:module'
import type { Logger } from 'pino'
import { loggable, loggableText } from './log-facts.ts'
import { standardError } from './standard-error.ts'

/** Facts for programs first, a sentence for people second. Never log a secret or a whole message. */
export interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

const require = createRequire(import.meta.url)
let root: Logger | undefined

// Loaded with the first line that is written: pino takes 30 ms, a tenth of the time to ready.
function pinoRoot(): Logger {
  if (root !== undefined) return root
  const { pino, stdTimeFunctions } = require('pino') as typeof import('pino')
  const logger = pino({ base: null, timestamp: stdTimeFunctions.isoTime }, standardError)
  standardError.whenRoomAgain((dropped) => {
    logger.warn({ name: 'log', code: 'LINES_DROPPED', dropped }, 'lines are missing here, since nobody read the log')
  })
  root = logger
  return logger
}

/**
 * Writes JSON lines to standard error, since standard output belongs to `--json`. Logging never blocks and never fails: a line that cannot be written
 * is lost, and while nobody reads, lines are dropped and counted.
 */
export function createLog(name: string): Log {
  let logger: Logger | undefined
  const write = (level: 'info' | 'warn' | 'error') => (facts: object, message: string) => {
    logger ??= pinoRoot().child({ name })
    logger[level](loggable(facts) as object, loggableText(message))
  }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

const nothing = (): void => undefined

export const silentLog: Log = { info: nothing, warn: nothing, error: nothing }
