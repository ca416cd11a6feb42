import type { Command } from 'commander'
import type { StartLab } from '../lab.ts'

/** What a command may use of the process that runs it. */
export interface Cli {
  print(text: string): void
  /** Aborted on SIGINT and SIGTERM. */
  readonly stop: AbortSignal
  readonly startLab: StartLab
}

/** Adds a command's flags and says what it does when chosen. */
export type Configure = (command: Command, cli: Cli) => void
