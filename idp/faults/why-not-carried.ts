import type { Unmade } from '#server/faults'
import type { Change } from '../changes/change-list.ts'
import type { Draft, Way } from '../outbox/draft.ts'
import type { Carrier } from '../outbox/outgoing.ts'

interface Carried {
  readonly draft: { readonly kind: Draft['kind']; readonly to: Pick<Draft['to'], 'way'> }
  readonly carrier: Carrier
}

/** What of a change this message cannot take because of who carries it. */
export function whyNotCarried({ binding, delivery }: Change, carried: Carried): readonly Unmade[] {
  const way = binding ?? carried.draft.to.way
  const reasons = {
    binding: whyNotBound(binding, carried.carrier),
    delivery: whyNotDelivered(delivery, { ...carried, way }),
  }
  return Object.entries(reasons).flatMap(([key, why]) => (why === undefined ? [] : [{ key, why }]))
}

const bindings: Readonly<Record<Carrier, readonly Way[]>> = {
  browser: ['redirect', 'post'],
  call: ['soap'],
  exchange: [],
  caller: ['post'],
}

function whyNotBound(binding: Change['binding'], carrier: Carrier): string | undefined {
  const can = bindings[carrier]
  if (binding === undefined || can.length === 0 || can.includes(binding)) return undefined
  const expected = `expected ${can.join(' or ')}`
  if (carrier === 'caller') return `a login is handed over as a form, ${expected}`
  return carrier === 'call' ? `it is sent without a browser, ${expected}` : `a browser carries no SOAP, ${expected}`
}

function whyNotDelivered(
  delivery: Change['delivery'],
  { draft, carrier, way }: Carried & { readonly way: string },
): string | undefined {
  if (delivery === undefined) return undefined
  if (carrier === 'caller') return 'whoever asked by the control API delivers it'
  if (draft.kind === 'Response' && delivery === 'twice') return `a login is posted once, ${expectedDeliveries}`
  if (draft.kind === 'LogoutResponse' && way === 'post' && delivery === 'twice') {
    return 'a form is posted once, expected redirect'
  }
  if (carrier === 'exchange' && delivery === 'twice') return 'an exchange has one answer'
  if (carrier === 'call' && (delivery === 'status500' || delivery === 'reset')) {
    return 'it is a call of ours, and nobody waits for an answer to it'
  }
  return undefined
}

const expectedDeliveries = 'expected never, status500, reset or {"delayMs":…}'
