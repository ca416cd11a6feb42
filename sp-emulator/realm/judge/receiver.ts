import type { KnownText } from '#saml/rules/hints/text'
import { Unaskable } from '#saml/rules/unaskable'
import type { Clock } from '#server/clock'
import type { RealmConfig, RealmContext } from '../realm-config.ts'
import type { WrittenRequest } from '../write/written-requests.ts'

/** What nobody knows of a receiver of which only the sender's metadata is at hand. */
type Unsaid = 'spEntityId' | 'acsUrl' | 'logoutUrl' | 'attributes'

type ReceiverConfig = Omit<RealmConfig, Unsaid> & {
  readonly [Setting in Unsaid]: RealmConfig[Setting] | undefined
}

/** Who judges a message: a realm; or, to explain, also one of which less is known. */
export interface Receiver {
  readonly config: ReceiverConfig
  readonly idpMetadata: RealmContext['idpMetadata']
  readonly withdrawnKeys?: RealmContext['withdrawnKeys']
  readonly clock: Clock
  /** The requests that are pending: null when the caller of a node said none, undefined when nobody said anything. */
  readonly ids?: readonly string[] | null | undefined
  /** What it has written lately. */
  readonly writtenRequests?: (() => readonly WrittenRequest[]) | undefined
  /** Of realms beside this one: what a message may have been meant for. */
  readonly otherRealms?: readonly KnownText[] | undefined
  /** Then what no signature vouches for is read all the same, and a rule about what is not there is told as one that cannot be asked. */
  readonly explains?: true
}

/**
 * What is known of the receiver.
 * @throws Unaskable when nobody said it.
 */
export function known<Value>(value: Value | undefined, what: string): Value {
  if (value !== undefined) return value
  throw new Unaskable(`nobody said ${what}`)
}

/** Of a rule about what is not there: a realm goes on, and who explains cannot ask it. */
export function nothingToAsk({ explains }: Receiver, why: string): void {
  if (explains) throw new Unaskable(why)
}
