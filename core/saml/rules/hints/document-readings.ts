import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { decodeBase64 } from '../../bindings/base64.ts'
import { messageLimits } from '../../xml/read.ts'
import { asItCame, type Variant, type Way } from './way.ts'

/** A step from a parameter to a document, by other means than the binding's; undefined when it leads nowhere. */
type Step<From, To> = readonly [Way, (from: From) => To | undefined]

const within = { maxOutputLength: messageLimits.bytes }

const orNothing = <T>(make: () => T): T | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

const applied = <From, To>(from: Variant<From>, steps: readonly Step<From, To>[]): readonly Variant<To>[] =>
  steps.flatMap(([way, step]) => {
    const it = orNothing(() => step(from.it))
    return it === undefined ? [] : [{ it, ways: [...from.ways, way] }]
  })

const toOctets = (text: string) => decodeBase64(text, { lenient: true })

const texts: readonly Step<string, string>[] = [
  [
    {
      how: 'with + where it has blanks',
      why: 'in a query or a form a bare + is a blank, and that of base64 is to be sent as %2B',
    },
    (text) => (/ /.test(text) ? text.replaceAll(' ', '+') : undefined),
  ],
  [
    {
      how: 'with its escapes undone once more',
      why: 'it was escaped twice, or put into a form as it stands in a query',
    },
    (text) => (text.includes('%') ? decodeURIComponent(text) : undefined),
  ],
  [
    { how: 'as url-safe base64', why: 'the binding wants + and / in place of - and _' },
    (text) => (/[-_]/.test(text) ? text.replaceAll('-', '+').replaceAll('_', '/') : undefined),
  ],
]

const strictness: Step<string, Buffer> = [
  { how: 'with white space and padding passed over', why: 'it is no strict base64' },
  toOctets,
]

const otherOctets: readonly Step<string, Buffer>[] = [
  [{ how: 'as it stands, without base64', why: 'it was never encoded in base64' }, (text) => Buffer.from(text)],
  [{ how: 'as base64 of base64', why: 'it was encoded twice' }, (text) => toOctets(toOctets(text).toString('latin1'))],
]

const notDeflated: Way = {
  how: 'without inflating it',
  why: 'in a query a message is to be deflated, and this one is not',
}
const deflated: Way = { how: 'when it is inflated', why: 'in a form a message is not to be deflated, and this one is' }

const raw = (octets: Buffer) => inflateRawSync(octets, within)
const otherPackings: readonly Step<Buffer, Buffer>[] = [
  [
    { how: "in zlib's format", why: 'it has the header of RFC 1950, and the binding wants raw DEFLATE' },
    (octets) => inflateSync(octets, within),
  ],
  [{ how: 'in gzip', why: 'the binding wants raw DEFLATE' }, (octets) => gunzipSync(octets, within)],
  [{ how: 'when it is inflated twice', why: 'it was deflated twice' }, (octets) => raw(raw(octets))],
]

interface Encoded {
  readonly value: string
  readonly carrier: 'query' | 'form'
  readonly isLenient?: boolean | undefined
}

/**
 * The octets of a document that a parameter may have been meant to carry: as the receiver has it, and then otherwise. Nothing grows beyond the size of a
 * message.
 */
export function readingsOf({ value, carrier, isLenient }: Encoded): readonly Variant<Buffer>[] {
  const lenient = isLenient ?? false
  const rightly = orNothing(() => decodeBase64(carrier === 'form' ? value.replace(/[\r\n]/g, '') : value, { lenient }))
  const written = [asItCame(value), ...applied(asItCame(value), texts)]
  const octets = [
    ...(rightly === undefined ? [] : [asItCame(rightly)]),
    ...written.flatMap((text) => decoded(text)),
    ...(rightly === undefined ? applied(asItCame(value), [strictness]) : []),
    ...applied(asItCame(value), otherOctets),
  ]
  return octets.flatMap((each) => [...unpacked(each, carrier)])
}

function decoded({ it, ways }: Variant): readonly Variant<Buffer>[] {
  const octets = ways.length === 0 ? undefined : orNothing(() => toOctets(it))
  return octets === undefined ? [] : [{ it: octets, ways }]
}

function unpacked(octets: Variant<Buffer>, carrier: 'query' | 'form'): readonly Variant<Buffer>[] {
  const inflated = orNothing(() => raw(octets.it))
  const right = carrier === 'form' ? octets.it : inflated
  const wrong = carrier === 'form' ? inflated : octets.it
  const way = carrier === 'form' ? deflated : notDeflated
  return [
    ...(right === undefined ? [] : [{ ...octets, it: right }]),
    ...(wrong === undefined ? [] : [{ it: wrong, ways: [...octets.ways, way] }]),
    ...applied(octets, otherPackings),
  ]
}
