import type { Delivery } from '#server/delivery'
import type { Seen } from '#server/journal/seen'
import type { Envelope } from './envelope.ts'

/** Who takes a message from here: a browser, a call of ours, the exchange that asked, or whoever asked by the control API. */
export type Carrier = 'browser' | 'call' | 'exchange' | 'caller'

/** A message that is sent now. */
export type Outgoing = Envelope & {
  /** Ids of the faults that act on it. */
  readonly faults?: readonly string[] | undefined
  /** What of a fault could not be made on it. */
  readonly unmade?: Seen['notMade']
  /** How it is delivered, where that is wrong on purpose. */
  readonly delivery?: Delivery | undefined
}
