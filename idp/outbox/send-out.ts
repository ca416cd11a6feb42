import type { Change } from '../changes/change-list.ts'
import type { IdpParts } from '../parts.ts'
import type { Draft } from './draft.ts'
import { noteSent } from './note-sent.ts'
import { putInEnvelope } from './outbox.ts'
import type { Carrier, Outgoing } from './outgoing.ts'

/** Puts a message in its envelope that is really sent: what is armed for it acts on it, and the journal tells of it as it is sent. */
export async function sendOut(parts: IdpParts, draft: Draft, carrier: Carrier): Promise<Outgoing> {
  const outgoing = await written(parts, draft, carrier)
  noteSent(parts, outgoing)
  return outgoing
}

async function written(parts: IdpParts, draft: Draft, carrier: Carrier): Promise<Outgoing> {
  const fault = await parts.config.faults.meet({ on: draft.kind, to: draft.to.spEntityId })
  if (fault === undefined) return putInEnvelope(parts, draft)
  const { sendWrong } = await import('../faults/send-wrong.ts')
  return sendWrong(parts, draft, { fault, carrier })
}

/** The same with a message that is wrong already: it takes no fault. */
export async function sendChanged(parts: IdpParts, draft: Draft, change: Change): Promise<Outgoing> {
  const outgoing = await putInEnvelope(parts, draft, change)
  noteSent(parts, outgoing)
  return outgoing
}
