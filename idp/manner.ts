import type { Tolerance } from './inbox/tolerance.ts'
import type { Way } from './outbox/draft.ts'
import type { LogoutRun } from './slo/logout-run.ts'

/** What is answered to a LogoutRequest that matches no session: UnknownPrincipal, or Success. */
export type UnknownSession = 'refuse' | 'succeed'

/** How this IdP runs a logout (`spec/contract.md` §1, `idp`). */
export interface LogoutBehaviour {
  /** Those who need a browser are asked one after the other, or in frames of one page. */
  readonly propagation: LogoutRun['propagation']
  /** What a participant that does not confirm means for those that were not asked yet. */
  readonly onFailure: LogoutRun['onFailure']
  /** Whether who asks for a logout is asked too. */
  readonly initiator: 'leftOut' | 'askedToo'
  /** `keep`: the logout only pretends. */
  readonly session: 'end' | 'keep'
}

/** A way in which the metadata says that logout messages are taken, with its addresses where they are not our own. */
export interface SingleLogoutOffer {
  readonly binding: Way
  /** An http or https address. Default: where this IdP takes messages in that way. */
  readonly location?: string | undefined
  /** Where answers go; to `location` when absent. */
  readonly responseLocation?: string | undefined
}

/** What may be said of how an IdP runs a logout and what it takes. */
export interface Manner {
  /** What a service provider may do and still be believed, where it has no list of its own. Default: longRelayState, weakAlgorithms. */
  readonly tolerate?: readonly Tolerance[] | undefined
  /** Default: `refuse`. */
  readonly unknownSession?: UnknownSession | undefined
  /** How its metadata says that it takes logout messages. Default: in every way; none: it takes part in no logout. */
  readonly singleLogout?: readonly SingleLogoutOffer[] | undefined
  /** Default: a chain that goes on past failures, leaves out who asked, and ends the session. */
  readonly logout?: { readonly [Name in keyof LogoutBehaviour]?: LogoutBehaviour[Name] | undefined } | undefined
  /** How long a service provider that is asked may take. Default: 10 s. */
  readonly participantTimeoutMs?: number | undefined
}
