import type { SettableClock } from '#server/clock'
import type { TokenService } from '../../sp-emulator/index.ts'
import type { Keys } from './configuration.ts'
import type { Profile } from './profile.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Empty when the answer is no JSON object. */
  readonly json: Readonly<Record<string, unknown>>
}

export interface Call {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  /** Whose call it is; the service user's unless said otherwise. */
  readonly authorization?: string
}

/** A node that is asked over HTTP. */
export interface Target {
  readonly profile: Profile
  readonly keys: Keys
  /** The time at the node, as well as it is known here. */
  now(): number
  send(call: Call): Promise<Answer>
  /** What the node wrote to its log, where that can be seen. */
  logged?(): string
}

/** An emulated node of its own, its clock and its parts at hand. */
export interface Lab extends Target {
  readonly clock: SettableClock
  readonly tokens: TokenService
  logged(): string
  /** Another node of the same kind, as on its first day. */
  another(): Lab
  /** What happened to the token store, in order: `<what is no longer alive>`, one line for each change. */
  readonly changes: readonly string[]
  /** A node like this one, whose realms have their metadata from an address. */
  fetchingMetadata(url: string): { readonly waiting: Lab; readonly loaded: Promise<void>; stop(): void }
  /** Gives every realm the usual metadata of an IdP with other keys, from the next message on. */
  changeIdpKeys(names: readonly (keyof Keys)[]): void
}
