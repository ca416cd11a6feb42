import type { Delivery } from '#server/delivery'
import type { Envelope } from './envelope.ts'

/** Who takes a message from here: a browser, a call of ours, the exchange that asked, or whoever asked by the control API. */
export type Carrier = 'browser' | 'call' | 'exchange' | 'caller'

/** A message that is sent now. */
export type Outgoing = Envelope & {
  /** How it is delivered, where that is wrong on purpose. */
  readonly delivery?: Delivery | undefined
}
