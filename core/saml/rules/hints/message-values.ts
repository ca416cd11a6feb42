import { deflateSync } from 'node:zlib'
import { inflate } from '../../bindings/deflate.ts'
import { escaped } from '../../bindings/escaped.ts'
import type { QueryPart } from './query-parts.ts'
import type { Variant } from './way.ts'

type Find = (part: QueryPart) => readonly Variant<string>[]

/** What the message parameter may have been when it was signed, beside what it is: another value, or another name. */
export function messageValuesOf(part: QueryPart): readonly Variant<QueryPart>[] {
  const values = [blanks, alphabet, padding, lines, compression].flatMap((find) => find(part))
  const named = values.map(({ it, ways }) => ({ it: withValue(part, it), ways }))
  return [...named, underOtherName(part)]
}

function withValue({ name }: QueryPart, value: string): QueryPart {
  const rawValue = escaped(value, 'upper', undefined)
  return { name, raw: `${name}=${rawValue}`, rawValue, value }
}

function one(it: string, how: string, why: string): readonly Variant<string>[] {
  return [{ it, ways: [{ how, why }] }]
}

const blanks: Find = ({ name, value }) =>
  value.includes(' ')
    ? one(
        value.replaceAll(' ', '+'),
        `with + where ${name} has blanks`,
        'in a query a bare + is a blank, and that of base64 is to be sent as %2B',
      )
    : []

const alphabet: Find = ({ name, value }) => {
  const why = 'the sender signed another base64 than it sent'
  if (/[-_]/.test(value)) {
    return one(value.replaceAll('-', '+').replaceAll('_', '/'), `with + and / for - and _ in ${name}`, why)
  }
  return /[+/]/.test(value)
    ? one(value.replaceAll('+', '-').replaceAll('/', '_'), `with ${name} in url-safe base64`, why)
    : []
}

const padding: Find = ({ name, value }) => {
  const missing = '='.repeat((4 - (value.length % 4)) % 4)
  if (missing !== '')
    return one(value + missing, `with = at the end of ${name}`, 'it was taken off after the signature')
  return value.endsWith('=')
    ? one(value.slice(0, value.indexOf('=')), `without = at the end of ${name}`, 'the sender signed it so')
    : []
}

/** Where encoders of base64 break a line. */
const widths = [76, 64, 60, 48]

const lines: Find = ({ name, value }) => {
  if (/[\r\n]/.test(value)) {
    return one(value.replace(/[\r\n]/g, ''), `without the line breaks in ${name}`, 'the sender signed it without them')
  }
  return widths.flatMap((width) => ['\r\n', '\n'].flatMap((end) => broken({ name, value, width, end })))
}

function broken({ name, value, width, end }: { name: string; value: string; width: number; end: string }) {
  const within = value.match(new RegExp(`.{1,${width}}`, 'g'))?.join(end) ?? ''
  const how = `with ${name} in lines of ${width} characters`
  const why = `${end === '\n' ? 'LF' : 'CR LF'} at their ends was taken out after the signature`
  return [...one(within, how, why), ...one(within + end, how, why)]
}

const compression: Find = ({ name, value }) => {
  const document = inflatedOrNothing(value)
  if (document === undefined) return []
  const why = 'the sender signed it before it deflated it'
  return [
    ...one(document.toString('base64'), `with the message in ${name} not deflated`, why),
    ...one(deflateSync(document).toString('base64'), `with the message in ${name} in zlib's format`, why),
  ]
}

function inflatedOrNothing(value: string): Buffer | undefined {
  try {
    return inflate(Buffer.from(value, 'base64'))
  } catch {
    return undefined
  }
}

function underOtherName(part: QueryPart): Variant<QueryPart> {
  const name = part.name === 'SAMLRequest' ? 'SAMLResponse' : 'SAMLRequest'
  const way = { how: `under the name ${name}`, why: `it was signed as that, and sent as ${part.name}` }
  return { it: { ...part, name, raw: `${name}=${part.rawValue}` }, ways: [way] }
}
