import type { Delivery } from '#server/delivery'
import type { PartnerParts } from './partner-parts.ts'
import { type PartnerChange, wrongAddress } from './wrong-message.ts'

/** A message that a browser takes to the IdP. */
export interface Outgoing {
  readonly url: string
  /** How it is delivered, where that is wrong on purpose. */
  readonly delivery?: Delivery | undefined
}

/** What a partner writes. */
export type PartnerMessage = 'AuthnRequest' | 'LogoutRequest' | 'LogoutResponse'

/**
 * Writes a message that is really sent: what is armed for it acts on it. One that cannot be made wrong in this way is right, and the fault unused.
 * @param write answers the address that carries the message, wrong in this way as far as that is before it is signed
 */
export async function sendOut(
  { faults, idp, log, name }: PartnerParts,
  on: PartnerMessage,
  write: (change: PartnerChange) => Promise<string>,
): Promise<Outgoing> {
  const fault = faults.meet({ on, to: idp().entityId })
  if (fault === undefined) return { url: await write({}) }
  // It was checked when it was armed.
  const change = fault.change as PartnerChange
  const url = wrongAddress(await write(change), change)
  const facts = { fault: fault.id, partner: name, on }
  if (url !== undefined) {
    log.info({ code: 'FAULT_FIRED', ...facts }, `the fault ${fault.id} changed a message of ${name}`)
    return { url, delivery: change.delivery }
  }
  const why = 'it is not signed'
  fault.giveBack([{ key: 'signature', why }])
  log.warn({ code: 'FAULT_NOT_MADE', ...facts }, `the fault ${fault.id} was not made: signature: ${why}`)
  return { url: await write({}) }
}
