import type { Delivery } from '#server/delivery'
import type { IdpParts } from '../parts.ts'
import type { Draft } from './draft.ts'
import type { Envelope } from './envelope.ts'
import { putInEnvelope } from './outbox.ts'

/** Who takes a message from here: a browser, a call of ours, the exchange that asked, or whoever asked by the control API. */
export type Carrier = 'browser' | 'call' | 'exchange' | 'caller'

/** A message that is sent now. */
export type Outgoing = Envelope & {
  /** How it is delivered, where that is wrong on purpose. */
  readonly delivery?: Delivery | undefined
}

/** Puts a message in its envelope that is really sent: what is armed for it acts on it. */
export async function sendOut(parts: IdpParts, draft: Draft, carrier: Carrier): Promise<Outgoing> {
  const fault = parts.config.faults.meet({ on: draft.kind, to: draft.to.spEntityId })
  if (fault === undefined) return putInEnvelope(parts, draft)
  const { sendWrong } = await import('../faults/send-wrong.ts')
  return sendWrong(parts, draft, { fault, carrier })
}
