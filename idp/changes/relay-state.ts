import { z } from 'zod'
import { own, row } from './change-row.ts'

/** One octet more than the binding allows (saml-bindings-2.0 §3.4.3, §3.5.3). */
const octets = 81

const values = {
  none: () => undefined,
  empty: () => '',
  tooLong: (right = '') => right.padEnd(octets, 'x'),
  nonAscii: () => 'Grüße ☃',
} as const

export const relayState = row({
  point: 'draft',
  values: z.union([z.enum(['none', 'empty', 'tooLong', 'nonAscii']), own]),
  says: 'Sends another RelayState, or none.',
  onTheWire:
    'none: no parameter; empty: RelayState=; tooLong: 81 octets at least; nonAscii: letters beyond ASCII, as UTF-8.',
  bugs: ['A3', 'A6', 'F9', 'G8', 'E8'],
  whyNot: (_value, { draft: { to } }) =>
    to.way === 'redirect' || to.way === 'post' ? undefined : 'by SOAP no RelayState travels',
  make: (draft, value) => {
    const said = typeof value === 'string' ? values[value](draft.relayState) : value.value
    return { ...draft, relayState: said }
  },
})
