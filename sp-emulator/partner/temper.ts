import type { Store } from '#server/store/store'

/** The statuses that a temper claims whatever happened (saml-core-2.0 §3.2.2.2), top level first. */
type Claim = 'success' | 'partial' | 'responder'

/** How a partner behaves when a LogoutRequest arrives that it believes. */
export interface Conduct {
  /** How long it takes before it does anything. */
  readonly delayMs: number
  /** Which of the sessions that the request names it ends. */
  readonly ends: 'named' | 'that of the cookie' | 'none'
  readonly reply: 'LogoutResponse' | 'none' | 'failure'
  /** `truth` is Success when none of the named sessions is left, else UnknownPrincipal. */
  readonly claims: Claim | 'truth'
  readonly signedBy: 'own key' | 'foreign key' | 'nobody'
  readonly inResponseTo: 'the request' | 'another'
  readonly relayState: 'echoed' | 'dropped'
  /** Whether a second answer follows the first. */
  readonly again: boolean
}

const polite: Conduct = {
  delayMs: 0,
  ends: 'named',
  reply: 'LogoutResponse',
  claims: 'truth',
  signedBy: 'own key',
  inResponseTo: 'the request',
  relayState: 'echoed',
  again: false,
}

/** In what each temper differs from a polite partner. */
const differences = {
  polite: {},
  slow: { delayMs: 2_000 },
  silent: { reply: 'none' },
  failing: { ends: 'none', reply: 'failure' },
  unsigned: { signedBy: 'nobody' },
  foreignKey: { signedBy: 'foreign key' },
  wrongInResponseTo: { inResponseTo: 'another' },
  answersTwice: { again: true },
  dropsRelayState: { relayState: 'dropped' },
  lying: { ends: 'none', claims: 'success' },
  needsCookie: { ends: 'that of the cookie' },
  partial: { claims: 'partial' },
  refusing: { ends: 'none', claims: 'responder' },
} as const satisfies Readonly<Record<string, Partial<Conduct>>>

export type Temper = keyof typeof differences

export const tempers = Object.keys(differences) as readonly Temper[]

export const conductOf = (temper: Temper): Conduct => ({ ...polite, ...differences[temper] })

/** The temper of a partner that runs. A change counts from the next LogoutRequest on. */
export interface TemperSetting {
  get(): Temper
  set(temper: Temper): void
  /** As it was at first. */
  reset(): void
}

export function temperSetting(store: Store, initial: Temper): TemperSetting {
  const settings = store.sharedMap<Temper>({ name: 'settings', atStart: [['temper', initial]] })
  return {
    get: () => settings.get('temper') ?? initial,
    set: (temper) => void settings.put('temper', temper),
    reset: settings.reset,
  }
}
