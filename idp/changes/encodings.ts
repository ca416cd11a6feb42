import { deflateSync } from 'node:zlib'
import { z } from 'zod'
import { escapeNames, spaceNames } from '#saml/bindings/escaped'
import { type Met, row, twoForms } from './change-row.ts'
import { inBothForms, padding, rightEncoder } from './encoder.ts'

/** The changes at the point where a message becomes parameters of a query. */

const onlyByRedirect = (_value: unknown, { draft }: Met): string | undefined =>
  draft.to.way === 'redirect' ? undefined : 'only a query is encoded so, and this message goes by another binding'

export const escapes = row({
  point: 'encoding',
  values: z.union([z.enum(escapeNames), twoForms(z.enum(escapeNames))]),
  says: 'Escapes the values of the query as another program does.',
  onTheWire:
    "lower: %2b in place of %2B; java, dotnet, php, js: as their libraries write !'()*~ and blanks; double: %252B; none: nothing is escaped. One form may be signed and another sent.",
  bugs: ['A1', 'A5', 'A7', 'A9', 'A19'],
  whyNot: onlyByRedirect,
  make: (encoder, value) => ({ ...encoder, escapes: typeof value === 'string' ? inBothForms(value) : value }),
})

export const space = row({
  point: 'encoding',
  values: z.union([z.enum(spaceNames), twoForms(z.enum(spaceNames))]),
  says: 'Writes the blanks in the values of the query in this form.',
  onTheWire: 'plus: + in place of %20; percent20: %20. One form may be signed and another sent.',
  bugs: ['A9', 'A19'],
  whyNot: (_value, met) => {
    const reason = onlyByRedirect(_value, met)
    if (reason !== undefined) return reason
    return met.draft.relayState?.includes(' ') ? undefined : 'there is no blank in it, expected a RelayState with one'
  },
  make: (encoder, value) => ({ ...encoder, space: typeof value === 'string' ? inBothForms(value) : value }),
})

const compressions = {
  raw: rightEncoder.compress,
  none: (document: string) => Buffer.from(document),
  zlib: (document: string) => deflateSync(document),
  truncated: (document: string) => {
    const whole = rightEncoder.compress(document)
    return whole.subarray(0, Math.floor(whole.length / 2))
  },
  garbage: () => Buffer.from('what stands here is no DEFLATE stream'),
  padded: (document: string) => rightEncoder.compress(document + padding),
} as const

export const deflate = row({
  point: 'encoding',
  values: z.enum(['raw', 'none', 'zlib', 'truncated', 'garbage', 'padded']),
  says: 'Compresses the message otherwise than raw DEFLATE, or makes it very long.',
  onTheWire:
    'none: base64 of the XML itself; zlib: with the header and check sum of RFC 1950; truncated: the first half of the stream; garbage: no stream at all; padded: 32 KiB of blanks behind the root element, in a form too.',
  bugs: ['B1', 'B2', 'B3', 'B5', 'B9', 'D11'],
  whyNot: (value, { draft: { to } }) => {
    if (to.way === 'redirect' || (value === 'padded' && to.way === 'post')) return undefined
    return 'only in a query a message is compressed, and this one goes by another binding'
  },
  make: (encoder, value) => ({ ...encoder, compress: compressions[value] }),
})

const alphabets = {
  wrapped: (text: string) => text.replace(/.{48}(?!$)/g, '$&\n'),
  urlSafe: (text: string) => text.replaceAll('+', '-').replaceAll('/', '_'),
  unpadded: (text: string) => text.replace(/=+$/, ''),
} as const

export const base64 = row({
  point: 'encoding',
  values: z.enum(['wrapped', 'urlSafe', 'unpadded']),
  says: 'Writes the base64 of the message in another form.',
  onTheWire:
    'wrapped: a line feed after every 48 characters; urlSafe: - and _ for + and /; unpadded: without = at the end.',
  bugs: ['B8'],
  whyNot: (_value, { draft: { to } }) =>
    to.way === 'redirect' || to.way === 'post' ? undefined : 'by SOAP a message stands in its envelope as XML',
  make: (encoder, value) => ({ ...encoder, toText: (octets) => alphabets[value](encoder.toText(octets)) }),
})
