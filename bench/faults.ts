import { createFaults, type PartyFaults, type WantedFault } from '#server/faults'

const kinds = ['LogoutRequest', 'LogoutResponse', 'Response'] as const

/** So many armed faults that concern no message of a benchmark, a third of them for each kind, to somebody else. */
export function othersFaults(count: number): PartyFaults {
  const armed = Array.from({ length: count }, (_, index): WantedFault => {
    const on = kinds[index % kinds.length] ?? 'Response'
    return { party: 'idp', on, to: `https://other${index}.test`, times: 'always', change: { signature: 'none' } }
  })
  return createFaults(armed).of('idp')
}
