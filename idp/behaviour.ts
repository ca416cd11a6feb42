import type { Endpoint } from '#saml/metadata/role'
import { BINDING } from '#saml/names'
import type { Store } from '#server/store/store'
import { checkRange, mostSeconds } from './config-values.ts'
import type { Endpoints } from './endpoints.ts'
import { defaultTolerances, type Tolerance } from './inbox/tolerance.ts'
import type { LogoutBehaviour, Manner, SingleLogoutOffer, UnknownSession } from './manner.ts'
import { ways } from './outbox/draft.ts'
import { mannerOf } from './personalities/manner-of.ts'
import type { PersonalityName } from './personalities/personalities.ts'

/** What may be said of how an IdP behaves. */
export interface BehaviourOptions extends Manner {
  /** Whom it takes after, in all that nobody has said. Default: none. */
  readonly personality?: PersonalityName | undefined
}

/** How an IdP behaves: the part of its configuration that may change while it runs. */
export interface Behaviour {
  readonly personality: PersonalityName
  readonly tolerate: readonly Tolerance[]
  readonly unknownSession: UnknownSession
  readonly singleLogout: readonly SingleLogoutOffer[]
  readonly logout: LogoutBehaviour
  readonly participantTimeoutMs: number
}

const usual: Behaviour = {
  personality: 'none',
  tolerate: defaultTolerances,
  unknownSession: 'refuse',
  singleLogout: ways.map((binding) => ({ binding })),
  logout: { propagation: 'chain', onFailure: 'continue', initiator: 'leftOut', session: 'end' },
  participantTimeoutMs: 10_000,
}

/**
 * What is said wins over what the personality would do, and that over what is usual.
 * @throws ConfigError naming the dotted path of the value that cannot be used.
 */
export function resolveBehaviour(said: BehaviourOptions): Behaviour {
  const { personality = usual.personality } = said
  const all = sayAlso(sayAlso(usual, mannerOf(personality)), said)
  checkRange('participantTimeoutMs', all.participantTimeoutMs, [1, mostSeconds * 1_000])
  return Object.freeze({ ...all, logout: Object.freeze(all.logout) })
}

/** All that was said, with what is said now in its place. */
function sayAlso<Said extends BehaviourOptions>(before: Said, now: BehaviourOptions): Said {
  const logout = { ...before.logout, ...given(now.logout ?? {}) }
  return { ...before, ...given(now), logout }
}

const given = (all: object): object =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))

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

/** What was said of it is shared; what follows from that is worked out when it was said. */
export function createCurrentBehaviour(store: Store, atStart: BehaviourOptions): CurrentBehaviour {
  const map = store.sharedMap<BehaviourOptions>({ name: 'behaviour', atStart: [['said', atStart]] })
  const said = () => map.get('said') ?? atStart
  let current = { of: said(), behaviour: resolveBehaviour(said()) }
  const now = () => {
    const of = said()
    if (current.of !== of) current = { of, behaviour: resolveBehaviour(of) }
    return current.behaviour
  }
  return {
    now,
    change: (given) => {
      const all = sayAlso(said(), given)
      resolveBehaviour(all)
      map.put('said', all)
      return now()
    },
    reset: map.reset,
  }
}
