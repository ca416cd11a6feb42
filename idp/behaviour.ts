import type { Endpoint } from '#saml/metadata/role'
import { BINDING } from '#saml/names'
import { checkRange, mostSeconds } from './config-values.ts'
import type { Endpoints } from './endpoints.ts'
import { defaultTolerances, type Tolerance } from './inbox/tolerance.ts'
import { type Way, ways } from './outbox/draft.ts'
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

/** What may be said of how an IdP behaves. */
export interface BehaviourOptions {
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

/** How an IdP behaves: the part of its configuration that may change while it runs. */
export interface Behaviour {
  readonly tolerate: readonly Tolerance[]
  readonly unknownSession: UnknownSession
  readonly singleLogout: readonly SingleLogoutOffer[]
  readonly logout: LogoutBehaviour
  readonly participantTimeoutMs: number
}

const usual: Behaviour = {
  tolerate: defaultTolerances,
  unknownSession: 'refuse',
  singleLogout: ways.map((binding) => ({ binding })),
  logout: { propagation: 'chain', onFailure: 'continue', initiator: 'leftOut', session: 'end' },
  participantTimeoutMs: 10_000,
}

/**
 * A behaviour with what is said in place of what it was before.
 * @throws ConfigError naming the dotted path of the value that cannot be used.
 */
export function resolveBehaviour(given: BehaviourOptions, before: Behaviour = usual): Behaviour {
  const { participantTimeoutMs = before.participantTimeoutMs, logout = {} } = given
  return Object.freeze({
    tolerate: given.tolerate ?? before.tolerate,
    unknownSession: given.unknownSession ?? before.unknownSession,
    singleLogout: given.singleLogout ?? before.singleLogout,
    logout: Object.freeze({ ...before.logout, ...said(logout) }),
    participantTimeoutMs: checkRange('participantTimeoutMs', participantTimeoutMs, [1, mostSeconds * 1_000]),
  })
}

const said = (given: object): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))

/** Where it takes logout messages, as the metadata says it. */
export function singleLogoutServices(
  { singleLogout }: Pick<Behaviour, 'singleLogout'>,
  { sloUrl, sloSoapUrl }: Endpoints,
): readonly Endpoint[] {
  return singleLogout.map(({ binding, location, responseLocation }) => ({
    binding: BINDING[binding],
    location: location ?? (binding === 'soap' ? sloSoapUrl : sloUrl),
    responseLocation,
  }))
}

/** How an IdP behaves now; a change takes effect with the next message. */
export interface CurrentBehaviour {
  now(): Behaviour
  /** @throws ConfigError naming the dotted path of the value that cannot be used; then nothing has changed. */
  change(given: BehaviourOptions): Behaviour
  /** As it was at the start. */
  reset(): void
}

export function createCurrentBehaviour(atStart: Behaviour): CurrentBehaviour {
  let current = atStart
  return {
    now: () => current,
    change: (given) => {
      current = resolveBehaviour(given, current)
      return current
    },
    reset: () => {
      current = atStart
    },
  }
}
