import type { MetFault, Unmade } from '#server/faults'
import type { Change } from '../changes/change-list.ts'
import type { Draft } from '../outbox/draft.ts'
import { putInEnvelope } from '../outbox/outbox.ts'
import type { Carrier, Outgoing } from '../outbox/outgoing.ts'
import type { IdpParts } from '../parts.ts'
import { whyNotCarried } from './why-not-carried.ts'

interface Meeting {
  readonly fault: MetFault
  readonly carrier: Carrier
}

/** A message as a fault wants it. What cannot be made of it whole is not made: the message is right, and the fault unused (`spec/contract.md` §2.5). */
export async function sendWrong(parts: IdpParts, draft: Draft, { fault, carrier }: Meeting): Promise<Outgoing> {
  const { log } = parts.config
  // It was checked when it was armed.
  const { delivery, ...said } = fault.change as Change
  const facts = { fault: fault.id, on: draft.kind, to: draft.to.spEntityId }
  const uncarried = whyNotCarried({ delivery, ...said }, { draft, carrier })
  const envelope = uncarried.length > 0 ? undefined : await putInEnvelope(parts, draft, said)
  const notMade: readonly Unmade[] = envelope === undefined ? uncarried : (envelope.notMade ?? [])
  if (envelope !== undefined && notMade.length === 0) {
    if (envelope.id !== draft.fields.id) await awaitUnder(parts, draft.fields.id, envelope.id)
    log.info({ code: 'FAULT_FIRED', ...facts, id: envelope.id }, `the fault ${fault.id} changed a ${draft.kind}`)
    return { ...envelope, delivery, faults: [fault.id] }
  }
  await fault.giveBack(notMade)
  const reasons = notMade.map(({ key, why }) => `${key}: ${why}`).join('; ')
  log.warn({ code: 'FAULT_NOT_MADE', ...facts }, `the fault ${fault.id} was not made: ${reasons}`)
  return { ...(await putInEnvelope(parts, draft)), unmade: notMade.map((each) => ({ fault: fault.id, ...each })) }
}

/** What answers a LogoutRequest names the ID that was sent. */
async function awaitUnder({ logoutRuns }: IdpParts, id: string, sentId: string): Promise<void> {
  const run = await logoutRuns.findByRequestId(id)
  if (run === undefined) return
  await logoutRuns.update(run.id, (found) => ({
    ...found,
    legs: found.legs.map((leg) => (leg.request?.id === id ? { ...leg, request: { ...leg.request, id: sentId } } : leg)),
  }))
}
