import { z } from 'zod'
import { type Met, row, type Signing, type Wrapping } from './change-row.ts'

const wrappings = z.union(([1, 2, 3, 4, 5, 6, 7, 8] as const).map((number) => z.literal(number)))

const kinds = [
  'none',
  'query',
  'embedded',
  'both',
  'tampered',
  'withoutRelayState',
  'rawRelayState',
  'messageOnly',
  'wrapped',
  'partial',
] as const

type Kind = (typeof kinds)[number]

const unsigned = { query: 'none', document: false } as const
const embedded = { query: 'none', document: true } as const

const plans: Readonly<Record<Kind, (signing: Signing) => Partial<Signing>>> = {
  none: () => unsigned,
  query: () => ({ query: 'whole', document: false }),
  embedded: () => embedded,
  both: () => ({ query: 'whole', document: true }),
  tampered: () => ({ tampered: 'signature' }),
  withoutRelayState: () => ({ query: 'withoutRelayState' }),
  rawRelayState: () => ({ query: 'rawRelayState' }),
  messageOnly: () => ({ query: 'messageOnly' }),
  partial: () => ({ query: 'partial' }),
  wrapped: () => ({ ...embedded, wrapping: 1 }),
}

const ofQueries: readonly Kind[] = ['query', 'both', 'withoutRelayState', 'rawRelayState', 'messageOnly', 'partial']

export const signature = row({
  point: 'signing',
  values: z.union([
    z.enum(kinds),
    z.strictObject({ wrapped: wrappings }),
    z.strictObject({ tampered: z.literal('document') }),
  ]),
  says: 'Signs otherwise than the binding says, or not at all.',
  onTheWire:
    'none: no signature; query: in the query; embedded: in the document; both; tampered: the signature value is altered, or with {"tampered":"document"} each IssueInstant of a document that was signed, so that the digest does not fit; withoutRelayState, messageOnly: only that is signed; rawRelayState: signed without its escapes; partial: SigAlg without Signature; wrapped: another message borrows a signature, by one of the eight classic wrappings (the first unless {"wrapped":3} says which).',
  bugs: ['A3', 'A4', 'A8', 'A12', 'A13', 'A14', 'A15', 'A16', 'A17', 'F7', 'F11'],
  whyNot: (value, met) => {
    if (typeof value === 'string') return whyNotSigned(value, met)
    return 'wrapped' in value ? whyNotWrapped(value.wrapped, met) : whyHidden(met)
  },
  make: (signing, value) => {
    if (typeof value === 'string') return { ...signing, ...plans[value](signing) }
    return { ...signing, ...embedded, ...('wrapped' in value ? { wrapping: value.wrapped } : value) }
  },
})

function whyNotSigned(kind: Kind, met: Met): string | undefined {
  const { to, relayState } = met.draft
  if (kind === 'wrapped') return whyNotWrapped(1, met)
  if (ofQueries.includes(kind) && to.way !== 'redirect') {
    return 'there is no query to sign, and this message goes by another binding'
  }
  const needsRelayState = kind === 'withoutRelayState' || kind === 'rawRelayState'
  if (needsRelayState && relayState === undefined) return 'it has no RelayState that could be signed otherwise'
  if (kind === 'rawRelayState' && /^[\w.~-]*$/.test(relayState ?? '')) {
    return 'there is nothing to escape in its RelayState, expected one with / or :'
  }
  return kind === 'tampered' ? whyHidden(met) : undefined
}

/** The signature of an Assertion is encrypted with it. */
function whyHidden({ draft }: Met): string | undefined {
  if (draft.kind !== 'Response' || draft.to.way === 'redirect') return undefined
  const isHidden = draft.signedParts === 'assertion' && draft.encryption?.elements.includes('Assertion') === true
  return isHidden ? 'its signature is encrypted with the Assertion' : undefined
}

const ofAssertions: readonly Wrapping[] = [3, 4, 5, 6]

function whyNotWrapped(wrapping: Wrapping, { draft }: Met): string | undefined {
  const hasAssertion = draft.kind === 'Response' && draft.fields.assertions.length > 0
  if (ofAssertions.includes(wrapping) && !hasAssertion) {
    return `wrapping ${wrapping} is about an Assertion, and there is none; expected 1, 2, 7 or 8`
  }
  if (draft.kind === 'Response' && draft.encryption !== undefined) return 'what is encrypted cannot be wrapped'
  return undefined
}
