import type { Command } from 'commander'
import type { StartRoles } from '../roles/role-options.ts'

/** What a command may use of the process that runs it. */
export interface Cli {
  print(text: string): void
  /** Whether a person reads what is printed. */
  readonly isTerminal?: boolean
  /** All of standard input. */
  readonly readInput?: () => Promise<string>
  /** Aborted on SIGINT and SIGTERM. */
  readonly stop: AbortSignal
  readonly startRoles: StartRoles
  /** The command to run once the roles are ready, and which ends them. */
  readonly command?: readonly string[] | undefined
  /** Tells the process with which code to end. */
  readonly endWith?: (code: number) => void
  /** Where signing keys are kept when nobody names a folder; in memory when absent. */
  readonly keysCache?: string
  /** The variables of the environment, for configuration files that name some. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** Adds a command's flags and says what it does when chosen. */
export type Configure = (command: Command, cli: Cli) => void
