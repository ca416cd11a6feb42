import type { IdpParts } from '../parts.ts'
import type { Draft } from './draft.ts'
import { putInEnvelope } from './outbox.ts'
import type { Carrier, Outgoing } from './outgoing.ts'

/** Puts a message in its envelope that is really sent: what is armed for it acts on it. */
export async function sendOut(parts: IdpParts, draft: Draft, carrier: Carrier): Promise<Outgoing> {
  const fault = parts.config.faults.meet({ on: draft.kind, to: draft.to.spEntityId })
  if (fault === undefined) return putInEnvelope(parts, draft)
  const { sendWrong } = await import('../faults/send-wrong.ts')
  return sendWrong(parts, draft, { fault, carrier })
}
