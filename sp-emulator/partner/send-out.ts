import type { Delivery } from '#server/delivery'
import type { MetFault } from '#server/faults'
import { lastPart } from './note.ts'
import type { PartnerParts } from './partner-parts.ts'
import { allBetween, type PartnerChange, wrongAddress, wrongDocument } from './wrong-message.ts'

/** A message that a browser takes to the IdP. */
export interface Outgoing {
  readonly url: string
  /** How it is delivered, where that is wrong on purpose. */
  readonly delivery?: Delivery | undefined
}

/** What a partner writes. */
export type PartnerMessage = 'AuthnRequest' | 'LogoutRequest' | 'LogoutResponse'

/** Answers the address that carries a message, wrong in this way as far as that is before it is signed; the document is to go through `edit`. */
type Write = (change: PartnerChange, edit: (document: string) => string) => Promise<string>

interface Written {
  readonly url: string
  readonly document: string
}

/** Writes a message that is really sent, into the journal, too: what is armed for it acts on it. One that cannot be made wrong in this way is right, and the fault unused. */
export async function sendOut(parts: PartnerParts, on: PartnerMessage, write: Write): Promise<Outgoing> {
  const fault = await parts.faults.meet({ on, to: parts.idp().entityId })
  if (fault === undefined) {
    const right = await written(write, {})
    noteSent(parts, on, right)
    return { url: right.url }
  }
  return sendWrong(parts, on, { fault, write })
}

async function sendWrong(
  parts: PartnerParts,
  on: PartnerMessage,
  { fault, write }: { readonly fault: MetFault; readonly write: Write },
): Promise<Outgoing> {
  const { log, name } = parts
  // It was checked when it was armed.
  const change = fault.change as PartnerChange
  const wrong = await written(write, change)
  const url = wrongAddress(wrong.url, change)
  const facts = { fault: fault.id, partner: name, on }
  if (url !== undefined) {
    log.info({ code: 'FAULT_FIRED', ...facts }, `the fault ${fault.id} changed a message of ${name}`)
    noteSent(parts, on, { ...wrong, url, faults: [fault.id] })
    return { url, delivery: change.delivery }
  }
  const unmade = { key: 'signature', why: 'it is not signed' }
  await fault.giveBack([unmade])
  log.warn({ code: 'FAULT_NOT_MADE', ...facts }, `the fault ${fault.id} was not made: signature: ${unmade.why}`)
  const right = await written(write, {})
  noteSent(parts, on, { ...right, notMade: [{ fault: fault.id, ...unmade }] })
  return { url: right.url }
}

async function written(write: Write, change: PartnerChange): Promise<Written> {
  let document = ''
  const url = await write(change, (text) => {
    document = wrongDocument(text, change)
    return document
  })
  return { url, document }
}

interface Sent extends Written {
  readonly faults?: readonly string[]
  readonly notMade?: readonly { readonly fault: string; readonly key: string; readonly why: string }[]
}

function noteSent({ journal, endpoints, idp }: PartnerParts, what: PartnerMessage, sent: Sent): void {
  const { url, document, faults, notMade } = sent
  const [from, to] = [endpoints.entityId, idp().entityId]
  const [id] = allBetween(document, ' ID="', '"')
  const [inResponseTo] = allBetween(document, ' InResponseTo="', '"')
  const status = what === 'LogoutResponse' ? allBetween(document, 'StatusCode Value="', '"').map(lastPart) : undefined
  const [wire, direction, binding] = [{ method: 'GET', url }, 'sent', 'redirect'] as const
  journal.note({ what, direction, from, to, binding, id, inResponseTo, status, wire, document, faults, notMade })
  for (const fault of faults ?? []) journal.note({ what: 'fault', from, to, id, faults: [fault] })
}
