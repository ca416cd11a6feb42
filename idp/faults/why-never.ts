import type { Unmade } from '#server/faults'
import type { Change } from '../changes/change-list.ts'
import type { ChangeParts } from '../changes/change-row.ts'
import { findNotMade } from '../changes/make-changes.ts'
import type { MintedKind } from '../mint/wanted-message.ts'
import type { Addressee, Caller, Draft, Way } from '../outbox/draft.ts'
import type { Carrier } from '../outbox/outgoing.ts'
import { whyNotCarried } from './why-not-carried.ts'

/**
 * Why no message of this kind could ever take a change, in the words of the message that could take most of it; undefined when one may. What depends on who
 * runs, and with what keys, is seen when a message meets it.
 */
export function whyNever(on: MintedKind, change: Change): Unmade | undefined {
  const unmade = waysOut[on].map(([way, carrier]) => {
    const { binding } = change
    const bound = way !== 'exchange' && binding !== undefined ? binding : way
    const uncarried = whyNotCarried(change, { draft: { kind: on, to: { way } }, carrier })
    return [...uncarried, ...findNotMadeOf(change, draftOf(on, bound))]
  })
  const [best = []] = unmade.toSorted((one, other) => one.length - other.length)
  return best[0]
}

/** How messages of each kind leave. */
const waysOut: Readonly<Record<MintedKind, readonly (readonly [Way | 'exchange', Carrier])[]>> = {
  LogoutRequest: [
    ['redirect', 'browser'],
    ['post', 'browser'],
    ['soap', 'call'],
  ],
  LogoutResponse: [
    ['redirect', 'browser'],
    ['post', 'browser'],
    ['exchange', 'exchange'],
  ],
  Response: [['post', 'browser']],
}

function findNotMadeOf(change: Change, draft: Draft): readonly Unmade[] {
  return Object.entries(change).flatMap(([key, value]) => {
    try {
      return findNotMade({ [key]: value }, { draft, parts: nobodyKnown })
    } catch (error) {
      if (error instanceof NotKnown) return []
      throw error
    }
  })
}

/** Who runs, and with what keys, is not known when a fault is armed. */
class NotKnown extends Error {}

/** Whatever is looked up in it is not known yet. */
const unknownPart = new Proxy(
  {},
  {
    get: () => {
      throw new NotKnown()
    },
  },
)

const nobodyKnown = {
  config: unknownPart,
  serviceProviders: unknownPart,
  seenRequests: unknownPart,
} as ChangeParts

const address = 'https://sp.test:8443/Slo'

/** A message that has everything. */
function draftOf(kind: MintedKind, way: Way | 'exchange'): Draft {
  const to: Addressee | Caller =
    way === 'exchange' ? { spEntityId: address, way } : { spEntityId: address, way, address }
  const relayState = way === 'redirect' || way === 'post' ? 'a b/c' : undefined
  const header = { id: '_1', issueInstant: 0, issuer: 'https://idp.test:8443/Idp', destination: address }
  const nameId = { value: 'a' }
  const status = { codes: ['a', 'b'] }
  switch (kind) {
    case 'LogoutRequest':
      return { kind, to, relayState, fields: { ...header, nameId, sessionIndexes: ['_2'], notOnOrAfter: 1 } }
    case 'LogoutResponse':
      return { kind, to, relayState, fields: { ...header, inResponseTo: '_3', status } }
    case 'Response':
      return {
        kind,
        to,
        relayState,
        signedParts: 'both',
        fields: { ...header, inResponseTo: '_3', status, assertions: [login] },
      }
  }
}

const login = {
  ...{ id: '_4', issueInstant: 0, issuer: 'https://idp.test:8443/Idp' },
  subject: { nameId: { value: 'a' }, confirmations: [{ method: 'a', data: { notOnOrAfter: 1 } }] },
  conditions: { notBefore: 0, notOnOrAfter: 1, audienceRestrictions: [['a']] },
  authnStatements: [{ authnInstant: 0, sessionIndex: '_2', classRef: 'a' }],
  attributes: [],
}
