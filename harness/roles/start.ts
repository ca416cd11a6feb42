import type { Log } from '#server/logging'
import type { Control } from '../control/labs-of.ts'
import type { Keys } from '../keys/keys.ts'
import type { Tls } from '../keys/tls.ts'
import type { LoadedWorld } from '../world/load-world.ts'
import type { Closing } from './closing.ts'
import type { Opening } from './opening.ts'
import type { IssuedTokens, RoleOptions, RunningRoles } from './role-options.ts'
import type { RunningParties } from './running-parties.ts'

/** Running roles, to whoever runs them in his own process. */
export interface StartedRoles extends RunningRoles {
  readonly applicationUrls: Readonly<Record<string, string>>
  readonly partnerUrls: Readonly<Record<string, string>>
  /** The pairs of tokens that logins were given, oldest first; none unless they are recorded. */
  readonly issuedTokens: () => readonly IssuedTokens[]
  /** The operations of the control API. */
  readonly control: Control
}

/** A start under way. */
export interface Start {
  readonly options: RoleOptions
  readonly opening: Opening
  readonly keys: Keys
  readonly world: LoadedWorld
  readonly tls: Tls | undefined
  readonly log: Log
  readonly closing: Closing
  /** Who runs so far. */
  readonly parties: RunningParties
}
